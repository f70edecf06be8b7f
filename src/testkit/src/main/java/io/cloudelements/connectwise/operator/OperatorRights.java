package io.cloudelements.connectwise.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.chart.Chart;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The service account and the roles that the chart renders for an operator with certain settings:
 * what a test allows the operator is what a user's cluster allows it, and no more.
 *
 * @param namespace of the release: the operator's own
 * @param account its service account, which the roles are named like
 * @param objects ServiceAccount, roles and bindings
 */
public record OperatorRights(String namespace, String account, List<JsonNode> objects) {
  /** Of a release that names no namespace. */
  static final String NAMESPACE = "connectwise-operator";

  private static final Set<String> KINDS =
      Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

  private static final Set<String> DECISIVE =
      Set.of(
          "OPERATOR_NAMESPACE",
          "WATCH_NAMESPACES",
          "SECRETS_WATCH",
          "ACCOUNT_NAMESPACE_SELECTORS",
          "LEADER_ELECTION",
          "CLUSTER_NAME");

  /** What was granted already: an operator may be started while its API server is down. */
  private static final Map<ControlPlane, Map<OperatorRights, Path>> GRANTED =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * The rights that belong to these variables.
   *
   * @throws IllegalStateException the chart refuses such an installation
   */
  public static OperatorRights of(Map<String, String> environment) {
    Map<String, String> decisive = new HashMap<>(environment);
    decisive.keySet().retainAll(DECISIVE);
    // Cluster roles of different settings must not take each other's place.
    return of(environment, "operator-%08x".formatted(decisive.hashCode()));
  }

  /** The same, under a name of one's own: to tell two replicas apart in an audit log. */
  public static OperatorRights of(Map<String, String> environment, String account) {
    String namespace = environment.getOrDefault("OPERATOR_NAMESPACE", NAMESPACE);
    String clusterName = environment.getOrDefault("CLUSTER_NAME", "");
    String values =
        """
        watchNamespaces: [%s]
        secrets: {watch: %s}
        accounts: {namespaceSelectors: %s}
        leaderElection: %s
        settings: {%s}
        rbac: {aggregate: false, serviceBinding: false}
        crds: {install: false}
        """
            .formatted(
                environment.getOrDefault("WATCH_NAMESPACES", ""),
                environment.getOrDefault("SECRETS_WATCH", "true"),
                environment.getOrDefault("ACCOUNT_NAMESPACE_SELECTORS", "false"),
                environment.getOrDefault("LEADER_ELECTION", "false"),
                clusterName.isEmpty() ? "" : "clusterName: \"" + clusterName + "\"");
    List<JsonNode> objects =
        Chart.manifests(namespace, values + "fullnameOverride: " + account + "\n").stream()
            .filter(object -> KINDS.contains(object.get("kind").asText()))
            .toList();
    return new OperatorRights(namespace, account, objects);
  }

  /** Grants them, the first time, and returns the kubeconfig of the service account. */
  public Path grantedOn(ControlPlane controlPlane) {
    return GRANTED
        .computeIfAbsent(controlPlane, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(this, _ -> granted(controlPlane));
  }

  private Path granted(ControlPlane controlPlane) {
    String home =
        """
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
        """
            .formatted(namespace);
    try (KubernetesClient client = controlPlane.client()) {
      Stream.concat(Stream.of(home), objects.stream().map(JsonNode::toString))
          .forEach(object -> client.resource(object).fieldManager("installer").serverSideApply());
    }
    return controlPlane.kubeconfigFor(namespace, account);
  }

  /** As the API server knows the operator. */
  public String user() {
    return "system:serviceaccount:%s:%s".formatted(namespace, account);
  }
}
