package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.Kubeconfigs;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.KubernetesVersion;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A cluster that was there before the demo. Everything is made in a new namespace, which is removed
 * at the end; so is each CRD, unless it was there already or others use it by then. The operator is
 * a process on this machine with the person's own rights, and watches that namespace only.
 */
final class ExistingCluster implements DemoCluster {
  /** To find what a demo leaves that is killed. */
  static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/created-by", "connectwise-demo");

  private static final long LIMIT_SECONDS = 60;

  private final String context;
  private final Path directory;
  private final DemoApproval consent;
  private final Narrator narrator;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final ClusterDefinitions definitions;
  private Optional<String> namespace = Optional.empty();
  private boolean closed;

  ExistingCluster(
      String context,
      Kubeconfigs kubeconfigs,
      Path directory,
      DemoApproval consent,
      Narrator narrator) {
    this.context = context;
    this.directory = directory;
    this.consent = consent;
    this.narrator = narrator;
    this.kubeconfig = kubeconfigs.write(context, directory.resolve("context.kubeconfig"));
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestRetryBackoffLimit(1);
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.definitions = new ClusterDefinitions(client);
  }

  @Override
  public void check() {
    consent.require(offer());
  }

  private String offer() {
    String version = supportedVersion();
    refuseOperators();
    definitions.check(context);
    return """

    Context      %s
    Server       %s, Kubernetes %s
    Made there   %sa namespace connectwise-demo-… with two ConnectWiseInstances and their Secrets
    At the end   all of that is removed. Nothing else is changed%s.
    """
        .formatted(
            context, client.getMasterUrl(), version, definitions.offer(), definitions.untouched());
  }

  private String supportedVersion() {
    String version;
    try {
      version = client.getKubernetesVersion().getGitVersion();
    } catch (KubernetesClientException e) {
      throw new DemoFailure(
          "The cluster of context %s does not answer at %s: %s"
              .formatted(context, client.getMasterUrl(), e.getMessage()));
    }
    if (KubernetesVersion.in(version).filter(KubernetesVersion::isSupported).isEmpty()) {
      throw new DemoFailure(
          "Context %s is Kubernetes %s, and the operator needs %s or newer."
              .formatted(context, version, KubernetesVersion.OLDEST));
    }
    return version;
  }

  /** It would send the samples' credentials to the real service. */
  private void refuseOperators() {
    List<String> operators =
        client
            .apps()
            .deployments()
            .inAnyNamespace()
            .withLabel("app.kubernetes.io/name", "connectwise-operator")
            .list()
            .getItems()
            .stream()
            .map(each -> each.getMetadata().getNamespace() + "/" + each.getMetadata().getName())
            .toList();
    if (!operators.isEmpty()) {
      throw new DemoFailure(
          "Nothing was changed: context %s has an operator already (%s), which would act on the samples too. Take another cluster."
              .formatted(context, String.join(", ", operators)));
    }
  }

  @Override
  public synchronized void prepare() {
    if (closed) {
      throw new DemoFailure("The demo was ended.");
    }
    definitions.make(LABELS);
    namespace =
        Optional.of(
            client
                .resource(
                    new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("connectwise-demo-")
                        .withLabels(LABELS)
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName());
  }

  @Override
  public String namespace() {
    return namespace.orElseThrow();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public OperatorProcess startOperator(SimulatorServer simulator) {
    return OperatorProcess.start(
        directory,
        simulator,
        Map.of(
            "KUBECONFIG",
            kubeconfig.toString(),
            "CLUSTER_NAME",
            "demo",
            "WATCH_NAMESPACES",
            namespace(),
            "LEADER_ELECTION",
            "false"));
  }

  @Override
  public Optional<Kubectl> kubectl(boolean worthBuilding) {
    return ControlPlaneBinaries.findKubectl()
        .map(program -> new Kubectl(program, kubeconfig, Path.of(System.getProperty("user.home"))));
  }

  @Override
  public String kubectlWords() {
    return "kubectl --context " + context;
  }

  @Override
  public String access(Optional<Kubectl> kubectl) {
    return "# the operator watches namespace " + namespace() + " only";
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      namespace.ifPresent(name -> remove("namespace " + name, () -> removeNamespace(name)));
      definitions
          .made()
          .forEach(each -> remove("CRD " + each.name(), () -> removeDefinition(each)));
      Files.deleteIfExists(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      client.close();
    }
  }

  private void remove(String what, Runnable removal) {
    narrator.says("removing " + what);
    try {
      removal.run();
    } catch (KubernetesClientException e) {
      narrator.says(what + " is still in context " + context + ": " + e.getMessage());
    }
  }

  /** The operator has ended, and with the simulator go the instances that finalizers guard. */
  private void removeNamespace(String name) {
    client
        .resources(ConnectWiseInstance.class)
        .inNamespace(name)
        .resources()
        .forEach(resource ->
            resource.patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}"));
    client.namespaces().withName(name).delete();
    client
        .namespaces()
        .withName(name)
        .waitUntilCondition(Objects::isNull, LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void removeDefinition(Definition definition) {
    List<String> namespaces = definition.namespacesInUse();
    if (namespaces.isEmpty()) {
      definition.delete();
    } else {
      narrator.says(
          "the CRD stays, for the %s in %s"
              .formatted(definition.kinds(), String.join(", ", namespaces)));
    }
  }
}
