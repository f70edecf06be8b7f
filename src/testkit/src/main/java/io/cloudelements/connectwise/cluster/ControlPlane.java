package io.cloudelements.connectwise.cluster;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A running Kubernetes control plane on 127.0.0.1: etcd, kube-apiserver and, where there is one,
 * kube-controller-manager (garbage collection, namespaces, service accounts). No nodes: pods stay
 * pending. Its processes end with {@link #close()} and at the latest with this JVM ({@link
 * GuardedProcess}). For use by one thread at a time.
 */
public final class ControlPlane implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration STOP_GRACE = Duration.ofSeconds(3);
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);
  private static final int ATTEMPTS = 5;

  private final ControlPlaneOptions options;
  private final ControlPlaneCommands commands;
  private final Optional<Kubectl> kubectl;
  private final GuardedProcess etcd;
  private GuardedProcess apiServer;
  private Optional<GuardedProcess> controllerManager = Optional.empty();

  /**
   * Starts a control plane and waits until its API server is ready (about three seconds).
   *
   * @throws ControlPlaneException it does not start; the message has the end of the component's log
   */
  public static ControlPlane start(ControlPlaneOptions options) {
    LoopbackPorts ports = new LoopbackPorts(new SecureRandom());
    return start(options, () -> ports.pick(3));
  }

  /** Another process may take a port between its choice and its use: then others are tried. */
  static ControlPlane start(ControlPlaneOptions options, Supplier<List<Integer>> ports) {
    for (int attempt = 1; ; attempt++) {
      try {
        return new ControlPlane(options, ports.get());
      } catch (ControlPlaneException e) {
        if (attempt == ATTEMPTS
            || !String.valueOf(e.getMessage()).contains("address already in use")) {
          throw e;
        }
      }
    }
  }

  private ControlPlane(ControlPlaneOptions options, List<Integer> ports) {
    this.options = options;
    Path directory = PrivateFiles.createDirectory(options.directory());
    PrivateFiles.createDirectory(directory.resolve("log"));
    PrivateFiles.deleteTree(directory.resolve("etcd"));
    this.commands =
        new ControlPlaneCommands(
            options,
            ClusterKeys.create(directory, new SecureRandom()),
            ports.get(0),
            ports.get(1),
            new ApiServerEndpoint(ports.get(2), ControlPlaneCommands.certificates(directory)));
    this.kubectl =
        options
            .binaries()
            .kubectl()
            .map(binary ->
                new Kubectl(
                    binary, kubeconfig(), PrivateFiles.createDirectory(directory.resolve("home"))));
    this.etcd = component(ControlPlaneBinaries.ETCD, commands.etcd());
    this.apiServer = component(ControlPlaneBinaries.API_SERVER, commands.apiServerWords());
    try {
      awaitApiServer();
      writeKubeconfigs();
      if (hasControllerManager()) {
        controllerManager =
            Optional.of(
                component(ControlPlaneBinaries.CONTROLLER_MANAGER, commands.controllerManager()));
        awaitControllers();
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private GuardedProcess component(String name, List<String> words) {
    Path log = options.directory().resolve("log").resolve(name + ".log");
    return GuardedProcess.start(name, log, options.directory(), Map.of(), words);
  }

  private void awaitApiServer() {
    await("the API server is ready", commands.apiServer()::isReady);
  }

  /** Seen by what one of them does: each namespace gets a default service account. */
  private void awaitControllers() {
    try (KubernetesClient client = client()) {
      var accounts = client.serviceAccounts().inNamespace("default");
      await("the controllers work", () -> accounts.withName("default").get() != null);
    }
  }

  private void await(String what, Supplier<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(START_LIMIT)
        .until(() -> {
          processes().forEach(GuardedProcess::requireAlive);
          return condition.get();
        });
  }

  private void writeKubeconfigs() {
    ApiServerEndpoint endpoint = commands.apiServer();
    ClusterKeys keys = commands.keys();
    endpoint.writeKubeconfig(kubeconfig(), ClusterKeys.ADMIN, keys.adminToken(), "default");
    endpoint.writeKubeconfig(
        commands.controllersKubeconfig(),
        ClusterKeys.CONTROLLERS,
        keys.controllersToken(),
        "default");
  }

  /** Kubeconfig of {@code admin}, who may do everything. */
  public Path kubeconfig() {
    return options.directory().resolve("kubeconfig");
  }

  /** Where everything of this control plane is written; logs are in {@code log/}. */
  public Path directory() {
    return options.directory();
  }

  /** A new client as {@code admin}; the caller closes it. */
  public KubernetesClient client() {
    return client(kubeconfig());
  }

  /** A new client as the user of that kubeconfig; the caller closes it. */
  public KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  /**
   * kubectl as {@code admin}.
   *
   * @throws ControlPlaneException there is none, which happens in a demo only
   */
  public Kubectl kubectl() {
    return kubectl.orElseThrow(
        () -> new ControlPlaneException("There is no kubectl in " + options.binaries()));
  }

  /**
   * Runs kubectl as {@code admin} and returns what it wrote to standard output.
   *
   * @throws ControlPlaneException it ended with an error
   */
  public String kubectl(String... arguments) {
    return kubectl().run(arguments);
  }

  /** A person with kubectl and all rights, working in that namespace. */
  public ClusterUser userIn(String namespace) {
    return new ClusterUser(kubectl(), namespace);
  }

  /** The audit log, one JSON event a line; empty when no policy was given. */
  public Optional<Path> auditLog() {
    return options.auditPolicy().map(policy -> commands.auditLog());
  }

  /** False when garbage collection does not work here, nor deletion of namespaces. */
  public boolean hasControllerManager() {
    return options.binaries().hasControllerManager();
  }

  /** Process ids of the components that run. */
  public List<Long> processIds() {
    return processes().filter(GuardedProcess::isAlive).map(GuardedProcess::pid).toList();
  }

  /** Installs the committed definitions, as {@link #installCrd} does. */
  public void installCrds() {
    installCrd(CrdFile.FOLDER);
  }

  /**
   * Applies the definitions in that file or folder as they stand and waits until their resources
   * can be listed. Kubernetes 1.37 may take five minutes to delete a definition whose storage was
   * not ready when its deletion began.
   */
  public void installCrd(Path file) {
    kubectl("apply", "--server-side", "--filename", file.toString());
    List<String> definitions =
        kubectl("get", "--output=name", "--filename", file.toString())
            .lines()
            .map(name -> name.substring(name.indexOf('/') + 1))
            .toList();
    await(
        "the definitions in " + file + " are served",
        () -> definitions.stream().allMatch(this::areListed));
  }

  private boolean areListed(String resources) {
    return kubectl().attempt("get", resources, "--all-namespaces").exitCode() == 0;
  }

  /**
   * Kubeconfig of a service account, by a token that lives twelve hours.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException there is no such account
   */
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    try (KubernetesClient client = client()) {
      TokenRequest asked =
          new TokenRequestBuilder()
              .withNewSpec()
              .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
              .endSpec()
              .build();
      String token =
          client
              .serviceAccounts()
              .inNamespace(namespace)
              .withName(serviceAccount)
              .tokenRequest(asked)
              .getStatus()
              .getToken();
      Path file =
          options.directory().resolve("%s.%s.kubeconfig".formatted(namespace, serviceAccount));
      return commands.apiServer().writeKubeconfig(file, serviceAccount, token, namespace);
    }
  }

  /** SIGKILL to the API server: connections break, as in a crash. etcd keeps its data. */
  public void killApiServer() {
    apiServer.kill();
  }

  /** Starts the API server again, on the same port and data, and waits until it is ready. */
  public void startApiServer() {
    if (apiServer.isAlive()) {
      return;
    }
    apiServer = component(ControlPlaneBinaries.API_SERVER, commands.apiServerWords());
    awaitApiServer();
  }

  /** Ends the API server in good order and starts it again, as an upgrade does. */
  public void restartApiServer() {
    apiServer.terminate();
    apiServer.awaitEnd(STOP_GRACE);
    startApiServer();
  }

  /** Ends all processes and waits until they are gone; the logs stay. */
  @Override
  public void close() {
    Stream.concat(controllerManager.stream(), Stream.of(apiServer))
        .peek(GuardedProcess::terminate)
        .toList()
        .forEach(process -> process.awaitEnd(STOP_GRACE));
    etcd.terminate();
    etcd.awaitEnd(STOP_GRACE);
    PrivateFiles.deleteTree(commands.etcdData());
  }

  private Stream<GuardedProcess> processes() {
    return Stream.concat(Stream.of(etcd, apiServer), controllerManager.stream());
  }
}
