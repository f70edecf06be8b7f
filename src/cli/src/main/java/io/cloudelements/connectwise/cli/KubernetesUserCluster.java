package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.PodSecrets;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.spi.resolver.ResolverProvider;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A cluster by the kubeconfig of the person who runs a command. */
final class KubernetesUserCluster implements UserCluster, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Read without their type, see {@link PodReader}. */
  private static final ResourceDefinitionContext PODS =
      new ResourceDefinitionContext.Builder()
          .withVersion("v1")
          .withKind("Pod")
          .withPlural("pods")
          .withNamespaced(true)
          .build();

  private final Vertx vertx;
  private final KubernetesClient client;

  private KubernetesUserCluster(Vertx vertx, KubernetesClient client) {
    this.vertx = vertx;
    this.client = client;
  }

  /** Connects nothing yet: the first read does. */
  static KubernetesUserCluster open(ClusterOptions options, String userAgent) {
    // beside the reading of the kubeconfig, which takes as long
    CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(KubernetesUserCluster::vertx);
    // what fails here fails again with the first read, which tells it
    CompletableFuture.runAsync(TlsWarmUp::sayHello);
    try {
      return open(config(options), userAgent, vertx.join());
    } catch (RuntimeException e) {
      vertx.thenCompose(made -> made.close().toCompletionStage()).join();
      throw e;
    }
  }

  /**
   * As the client would make its own: names are resolved as kubectl does, and no file is written.
   */
  private static Vertx vertx() {
    System.setProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME, "true");
    return Vertx.vertx(
        new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  private static KubernetesUserCluster open(Config config, String userAgent, Vertx vertx) {
    config.setUserAgent(userAgent);
    config.setConnectionTimeout((int) TIMEOUT.toMillis());
    config.setRequestTimeout((int) TIMEOUT.toMillis());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesUserCluster(
        vertx,
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new VertxHttpClientFactory(vertx))
            .withKubernetesSerialization(serialization())
            .build());
  }

  /**
   * Without every kind that Kubernetes has, which the usual one loads; but by {@code Status} a
   * watch learns that its version is too old, where it would ask for it for ever.
   */
  private static KubernetesSerialization serialization() {
    KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(), false);
    serialization.registerKubernetesResource("v1", "Status", Status.class);
    return serialization;
  }

  private static Config config(ClusterOptions options) {
    String context = options.context().orElse(null);
    Config config =
        options
            .kubeconfig()
            .map(file -> Config.fromKubeconfig(context, readable(file).toFile()))
            .orElseGet(() -> Config.autoConfigure(context));
    options
        .context()
        .filter(_ -> config.getCurrentContext() == null)
        .ifPresent(name -> {
          throw CommandFailure.usage("The kubeconfig has no context " + name + ".");
        });
    return config;
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw CommandFailure.usage(file + " cannot be read");
    }
    return file;
  }

  @Override
  public String namespace() {
    return Optional.ofNullable(client.getNamespace()).orElse("default");
  }

  @Override
  public ClusterRead<List<CloudElementsAccount>> accounts(Optional<String> namespace) {
    return list(CloudElementsAccount.class, namespace);
  }

  @Override
  public ClusterRead<List<ConnectWiseInstance>> instances(Optional<String> namespace) {
    return list(ConnectWiseInstance.class, namespace);
  }

  private <T extends HasMetadata> ClusterRead<List<T>> list(
      Class<T> type, Optional<String> namespace) {
    var resources = client.resources(type);
    return read(() ->
        namespace
            .map(name -> resources.inNamespace(name).list())
            .orElseGet(() -> resources.inAnyNamespace().list())
            .getItems());
  }

  @Override
  public ClusterRead<Optional<ConnectWiseInstance>> instance(ResourceId name) {
    return get(ConnectWiseInstance.class, name);
  }

  @Override
  public ClusterRead<List<PodSecrets>> pods(String namespace) {
    return read(() ->
        client.genericKubernetesResources(PODS).inNamespace(namespace).list().getItems().stream()
            .map(pod -> PodReader.read(JSON.valueToTree(pod)))
            .toList());
  }

  @Override
  public boolean awaitChange(ConnectWiseInstance seen, Duration limit) {
    try {
      return new KubernetesResourceChange(client, seen).within(limit);
    } catch (KubernetesClientException e) {
      throw unanswered(client, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }

  @Override
  public ClusterRead<Optional<CloudElementsAccount>> account(ResourceId name) {
    return get(CloudElementsAccount.class, name);
  }

  @Override
  public ClusterRead<Optional<Secret>> secret(ResourceId name) {
    return get(Secret.class, name);
  }

  private <T extends HasMetadata> ClusterRead<Optional<T>> get(Class<T> type, ResourceId name) {
    return read(() ->
        Optional.ofNullable(
            client.resources(type).inNamespace(name.namespace()).withName(name.name()).get()));
  }

  @Override
  public ClusterRead<List<Event>> events(ResourceId name) {
    return read(() ->
        client
            .resources(Event.class)
            .inNamespace(name.namespace())
            .withField("regarding.name", name.name())
            .list()
            .getItems());
  }

  @Override
  public InstalledOperator operator(String namespace) {
    return new KubernetesInstalledOperator(client, namespace);
  }

  @Override
  public ClusterRead<String> serverVersion() {
    return read(() ->
        Optional.ofNullable(client.getKubernetesVersion())
            .map(VersionInfo::getGitVersion)
            .orElse("not told"));
  }

  @Override
  public ClusterRead<Optional<Map<String, String>>> labels(String namespace) {
    return read(() ->
        Optional.ofNullable(client.resources(Namespace.class).withName(namespace).get())
            .map(Namespace::getMetadata)
            .map(ObjectMeta::getLabels));
  }

  /** The server's answer is told apart by its code; what it says is shown as it is. */
  private <T> ClusterRead<T> read(Supplier<T> reading) {
    return read(client, reading);
  }

  static <T> ClusterRead<T> read(KubernetesClient client, Supplier<T> reading) {
    try {
      return new ClusterRead.Seen<>(reading.get());
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_FORBIDDEN -> new ClusterRead.Denied<>();
        default -> throw unanswered(client, e);
      };
    }
  }

  private static CommandFailure unanswered(KubernetesClient client, KubernetesClientException e) {
    return CommandFailure.failed(
        client.getMasterUrl()
            + switch (e.getCode()) {
              case HttpURLConnection.HTTP_UNAUTHORIZED ->
                  " does not accept the credentials of the kubeconfig.";
              case HttpURLConnection.HTTP_NOT_FOUND ->
                  " does not know the kinds of this operator. Install its definitions first.";
              default -> " cannot be asked: " + e.getMessage();
            });
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
