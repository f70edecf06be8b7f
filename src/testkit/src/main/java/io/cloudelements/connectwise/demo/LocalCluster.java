package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A control plane of the demo's own, which ends with it. */
final class LocalCluster implements DemoCluster {
  private static final String NAMESPACE = "integrations";

  private final ControlPlaneBinaries binaries;
  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final Narrator narrator;

  private LocalCluster(
      ControlPlaneBinaries binaries, ControlPlane controlPlane, Narrator narrator) {
    this.binaries = binaries;
    this.controlPlane = controlPlane;
    this.client = controlPlane.client();
    this.narrator = narrator;
  }

  static LocalCluster start(ControlPlaneBinaries binaries, Path directory, Narrator narrator) {
    narrator.says("Kubernetes " + binaries.version() + ", " + binaries.origin() + ": starting");
    ControlPlane controlPlane = ControlPlane.start(ControlPlaneOptions.in(directory, binaries));
    narrator.says("Kubernetes " + binaries.version() + " is up");
    return new LocalCluster(binaries, controlPlane, narrator);
  }

  @Override
  public void check() {
    // It is the demo's own.
  }

  @Override
  public void prepare() {
    for (CrdFile file : CrdFile.values()) {
      Definition definition = new Definition(client, file);
      definition.create(Map.of());
      definition.awaitEstablished();
    }
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public OperatorProcess startOperator(SimulatorServer simulator) {
    return OperatorProcess.start(controlPlane, simulator, Map.of("CLUSTER_NAME", "demo"));
  }

  @Override
  public Optional<Kubectl> kubectl(boolean worthBuilding) {
    return binaries
        .kubectl()
        .or(() ->
            worthBuilding ? ControlPlaneBinaries.buildKubectl(narrator.out()) : Optional.empty())
        .map(program ->
            new Kubectl(
                program, controlPlane.kubeconfig(), controlPlane.directory().resolve("home")));
  }

  @Override
  public String kubectlWords() {
    return "kubectl";
  }

  @Override
  public String access(Optional<Kubectl> kubectl) {
    String kubeconfig = "export KUBECONFIG=" + controlPlane.kubeconfig();
    List<String> path = List.of(System.getenv("PATH").split(File.pathSeparator, -1));
    return kubectl
        .map(found -> found.binary().getParent().toString())
        .filter(folder -> !path.contains(folder))
        .map(folder -> kubeconfig + "\n  export PATH=\"$PATH:" + folder + "\"")
        .orElse(kubeconfig);
  }

  @Override
  public void close() {
    client.close();
    controlPlane.close();
  }
}
