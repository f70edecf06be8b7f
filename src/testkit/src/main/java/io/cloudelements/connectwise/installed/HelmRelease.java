package io.cloudelements.connectwise.installed;

import com.marcnuri.helm.Helm;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A release of the chart by real Helm. */
record HelmRelease(ControlPlane controlPlane, KubernetesClient client, SimulatorServer simulator) {
  static final String NAME = "connectwise-operator";
  static final String NAMESPACE = "operators";

  /** {@code helm upgrade --install}. */
  void upgrade(Path chart) {
    upgrade(chart, "");
  }

  /**
   * The same with more values.
   *
   * @param more in YAML
   * @throws IllegalStateException Helm's refusal
   */
  void upgrade(Path chart, String more) {
    String values =
        """
        settings:
          clusterName: prod
          cloudElementsBaseUrl: "%1$s"
          cloudElementsAllowedBaseUrls: ["%1$s"]
        """
            .formatted(simulator.baseUrl());
    try {
      Path file = Files.writeString(controlPlane.directory().resolve("values.yaml"), values + more);
      new Helm(chart)
          .upgrade()
          .withName(NAME)
          .withNamespace(NAMESPACE)
          .install()
          .createNamespace()
          .withValuesFile(file)
          .withKubeConfig(controlPlane.kubeconfig())
          .call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code helm uninstall}. */
  void uninstall() {
    Helm.uninstall(NAME).withNamespace(NAMESPACE).withKubeConfig(controlPlane.kubeconfig()).call();
  }

  /** A pod of the Deployment as it is installed now, ready. */
  OperatorProcess startPod() {
    return new DeployedOperator(controlPlane, client, simulator, NAMESPACE).startPod();
  }
}
