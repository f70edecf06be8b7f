package io.cloudelements.connectwise.installed;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The operator's Deployment in a namespace. The control plane has no node, so that its pod is
 * played by the program: with the variables and the service account that the Deployment names.
 */
record DeployedOperator(
    ControlPlane controlPlane,
    KubernetesClient client,
    SimulatorServer simulator,
    String namespace) {

  /** A pod of the Deployment as it is installed now, ready. */
  OperatorProcess startPod() {
    PodSpec pod =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName(HelmRelease.NAME)
            .require()
            .getSpec()
            .getTemplate()
            .getSpec();
    Map<String, String> environment = new HashMap<>(Map.of("CLUSTER_NAME", ""));
    pod.getContainers()
        .getFirst()
        .getEnv()
        .forEach(variable -> environment.put(variable.getName(), valueOf(variable)));
    Path identity = controlPlane.kubeconfigFor(namespace, pod.getServiceAccountName());
    environment.put("KUBECONFIG", identity.toString());
    environment.put("HTTP_PORT", "0");
    return OperatorProcess.start(controlPlane, simulator, environment);
  }

  private String valueOf(EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    String field = variable.getValueFrom().getFieldRef().getFieldPath();
    if (!field.equals("metadata.namespace")) {
      throw new IllegalStateException("no pod, no " + field);
    }
    return namespace;
  }
}
