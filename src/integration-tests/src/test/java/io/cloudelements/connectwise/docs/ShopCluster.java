package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cli.Main;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.operator.JavaCommand;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster that follows the folder {@code shop} of a repository. Its control plane is its own, so
 * that it can be lost, rebuilt and copied: each has another UID of {@code kube-system}, other UIDs
 * of its objects, and another clock of versions, as real clusters have.
 */
final class ShopCluster implements AutoCloseable {
  static final String NAMESPACE = "shop";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path home;
  private final SimulatorServer service;
  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private Optional<OperatorProcess> operator = Optional.empty();
  private int requests;

  private ShopCluster(Path home, SimulatorServer service, ControlPlane controlPlane) {
    this.home = home;
    this.service = service;
    this.controlPlane = controlPlane;
    this.client = controlPlane.client();
  }

  /**
   * With the CRDs and the namespace, and no operator yet.
   *
   * @param repository with the folder {@code shop}
   */
  static ShopCluster start(Path repository, SimulatorServer service) throws IOException {
    ControlPlane controlPlane = ControlPlane.start(ControlPlaneOptions.inNewDirectory("accident-"));
    controlPlane.installCrds();
    controlPlane.kubectl("create", "namespace", NAMESPACE);
    Path home = Files.createTempDirectory(repository, "home");
    Files.copy(controlPlane.kubeconfig(), home.resolve("kubeconfig"));
    copy(repository.resolve("shop"), home.resolve("shop"));
    copy(CrdFile.FOLDER, home.resolve("crds"));
    putCommandLineOnPath(Files.createDirectory(home.resolve("bin")).resolve("kubectl-cwi"));
    return new ShopCluster(home, service, controlPlane);
  }

  private static void copy(Path folder, Path to) throws IOException {
    Files.createDirectory(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void putCommandLineOnPath(Path program) throws IOException {
    String words =
        JavaCommand.of(Main.class.getName(), "128m").stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(program, "#!/bin/sh\nexec " + words + " \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Starts the operator with these settings, in the place of the one that runs. */
  void operate(Map<String, String> settings) {
    stop();
    operator = Optional.of(OperatorProcess.start(controlPlane, service, settings));
  }

  /** The operator ends as a pod that is moved does. */
  void stop() {
    operator.ifPresent(OperatorProcess::terminate);
    operator = Optional.empty();
  }

  /** Applies what is in the repository, as a GitOps tool does. */
  void syncs() {
    controlPlane.kubectl("apply", "-f", home.resolve("shop").toString());
  }

  /** Deletes it. */
  void prunes() {
    controlPlane.kubectl("delete", "-f", home.resolve("shop").toString(), "--wait=false");
  }

  /** A person with all rights. */
  ClusterUser person() {
    return controlPlane.userIn(NAMESPACE);
  }

  /** The person reads that section, and does what it says. */
  void follows(Markdown section, Map<String, String> variables) {
    new Walkthrough(home, variables).follow(section);
  }

  void follows(Markdown section) {
    follows(section, Map.of());
  }

  /** As a backup tool finds it at this moment. */
  ClusterBackup backup() {
    return ClusterBackup.of(client, NAMESPACE);
  }

  void restores(ClusterBackup backup) {
    backup.restoreTo(client);
  }

  private List<ConnectWiseInstance> resources() {
    return client.resources(ConnectWiseInstance.class).inNamespace(NAMESPACE).list().getItems();
  }

  /** The reason of that condition, of each resource by its name. */
  Map<String, String> reasons(String condition) {
    return resources().stream()
        .collect(
            Collectors.toMap(
                resource -> resource.getMetadata().getName(),
                resource -> reason(resource, condition)));
  }

  ConnectWiseInstance resource(String name) {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(NAMESPACE)
        .withName(name)
        .require();
  }

  /** The instance that the status names. */
  long instance(String name) {
    return resource(name).getStatus().instanceId();
  }

  /** The confirmation that a person has written on that resource. */
  Optional<String> annotation(String name, Confirmation confirmation) {
    return Optional.ofNullable(resource(name).getMetadata().getAnnotations())
        .map(annotations -> annotations.get(confirmation.annotation()));
  }

  /** What applications find. */
  Optional<String> token(String name) {
    return Optional.ofNullable(
            client.secrets().inNamespace(NAMESPACE).withName(name + "-token").get())
        .map(Secret::getData)
        .map(data -> data.get("token"));
  }

  void awaitsReady(Collection<String> names) {
    awaits(
        "all are ready",
        () ->
            assertThat(resources().stream().filter(Tenant::isReady))
                .extracting(resource -> resource.getMetadata().getName())
                .containsAll(names));
  }

  void awaitsReason(String name, String reason) {
    awaits(name + " is " + reason, () -> assertThat(condition(name, "Synced")).isEqualTo(reason));
  }

  /** The reason of that condition. */
  String condition(String name, String type) {
    return reason(resource(name), type);
  }

  private static String reason(ConnectWiseInstance resource, String condition) {
    return resource.getStatus().conditions().stream()
        .filter(found -> found.getType().equals(condition))
        .map(Condition::getReason)
        .findFirst()
        .orElse("");
  }

  /** Waits until a reconcile has ended that a person asks for: the next drift check, now. */
  void reconciles(String name) {
    String request = "request-" + ++requests;
    person().annotates("cwi", name, "cloudelements.io/reconcile-requested-at=" + request);
    awaits(
        "the reconcile of " + name,
        () -> assertThat(resource(name).getStatus().lastHandledReconcileAt()).isEqualTo(request));
  }

  void awaits(String what, Runnable assertion) {
    await(what)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(assertion::run);
  }

  /** The cluster is lost. */
  @Override
  public void close() {
    try {
      operator.ifPresent(OperatorProcess::kill);
      client.close();
    } finally {
      controlPlane.close();
    }
  }
}
