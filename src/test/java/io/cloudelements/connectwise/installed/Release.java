package io.cloudelements.connectwise.installed;

import com.marcnuri.helm.Helm;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A release of the chart by real Helm. The control plane has no node, so that its pod is played by
 * the program: with the variables and the service account that the installed Deployment names.
 */
record Release(ControlPlane controlPlane, KubernetesClient client, SimulatorServer simulator) {
  static final String NAME = "connectwise-operator";
  static final String NAMESPACE = "operators";

  /** {@code helm upgrade --install}. */
  void upgrade(Path chart) {
    String values =
        """
        settings:
          clusterName: prod
          cloudElementsBaseUrl: "%1$s"
          cloudElementsAllowedBaseUrls: ["%1$s"]
        """
            .formatted(simulator.baseUrl());
    try {
      Path file = Files.writeString(controlPlane.directory().resolve("values.yaml"), values);
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
    PodSpec pod =
        client
            .apps()
            .deployments()
            .inNamespace(NAMESPACE)
            .withName(NAME)
            .require()
            .getSpec()
            .getTemplate()
            .getSpec();
    Map<String, String> environment = new HashMap<>();
    pod.getContainers()
        .getFirst()
        .getEnv()
        .forEach(variable -> environment.put(variable.getName(), valueOf(variable)));
    Path identity = controlPlane.kubeconfigFor(NAMESPACE, pod.getServiceAccountName());
    environment.put("KUBECONFIG", identity.toString());
    environment.put("HTTP_PORT", "0");
    return OperatorProcess.start(controlPlane, simulator, environment);
  }

  private static String valueOf(EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    String field = variable.getValueFrom().getFieldRef().getFieldPath();
    if (!field.equals("metadata.namespace")) {
      throw new IllegalStateException("no pod, no " + field);
    }
    return NAMESPACE;
  }
}
