package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.AppliedPolicies.untilRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The policy that lets the operator alone write status, evaluated by a real API server: against a
 * tenant with every right on the API group, and with the operator at work.
 */
@RealOperator(OperatorScope.MANUAL)
class StatusWritersPolicyIT {
  private static final String OPERATOR = "reporter";
  private static final String FORGED = "{\"status\": {\"account\": \"5f2c0c9a1b7e\"}}";
  private static final String FORGED_ACCOUNT =
      "{\"status\": {\"organization\": {\"id\": \"1\", \"name\": \"Mallory\"}}}";
  private static final String RIGHTS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: everything}
      rules: [{apiGroups: [cloudelements.io], resources: ["*"], verbs: ["*"]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: everything}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: everything}
      subjects:
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: mallory}
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: restorer}
      """;

  /** A tenant that writes {@code status.account} could claim an instance of another account. */
  @Test
  void theOperatorAloneSaysWhatItFound(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    Stream.of(tenant.person(), owner.person()).forEach(person -> person.applies(RIGHTS));
    owner.appliesSecret(tenant.account().secret());
    owner.appliesAccount("allowedNamespaces: {from: Names, names: [%s]}".formatted(tenant.name()));
    owner.appliesEntries();
    tenant.applies(owner.helpDesk("acme"));
    Map<String, String> environment = new HashMap<>();
    environment.put("WATCH_NAMESPACES", tenant.name() + "," + owner.namespace());
    environment.put("CLUSTER_NAME", "test");
    OperatorRights rights = OperatorRights.of(environment, OPERATOR);
    environment.put("KUBECONFIG", rights.grantedOn(controlPlane).toString());
    String values = values(environment, "{enabled: true, users: [restorer]}");
    try (var _ = AppliedPolicies.of(controlPlane.kubectl(), rights.namespace(), values);
        OperatorProcess operator = start(cluster, tenant, environment)) {
      tenant.awaitsReady("acme");
      owner.awaitsReason("Verified");
      // When
      Kubectl.KubectlResult instance = forges("mallory", tenant.person(), "cwi", "acme", FORGED);
      Kubectl.KubectlResult account =
          forges("mallory", owner.person(), "cea", AccountOwner.ACCOUNT, FORGED_ACCOUNT);
      Kubectl.KubectlResult restored = forges("restorer", tenant.person(), "cwi", "acme", FORGED);
      // Then
      assertThat(instance.errors())
          .contains(
              "mallory may not write the status of %s/acme: only %s does. Change the spec"
                  .formatted(tenant.name(), rights.user()),
              "admissionPolicies.statusWriters.users");
      assertThat(account.errors())
          .contains(
              "may not write the status of " + owner.namespace() + "/" + AccountOwner.ACCOUNT);
      assertThat(restored.errors()).isEmpty();
      tenant.person().runs("delete", "cwi", "acme", "--timeout=30s");
      owner.person().runs("delete", "cea", AccountOwner.ACCOUNT, "--timeout=30s");
      assertThat(operator.log()).noneMatch(line -> line.contains("may not write the status"));
    }
  }

  /** Once the policy is taken up, so that the operator's first write is under it. */
  private static OperatorProcess start(
      OperatedCluster cluster, Tenant tenant, Map<String, String> environment) {
    untilRefused(() -> forges("mallory", tenant.person(), "cwi", "acme", FORGED));
    return cluster.start(environment);
  }

  private static String values(Map<String, String> environment, String statusWriters) {
    return """
    fullnameOverride: %s
    watchNamespaces: [%s]
    settings: {clusterName: %s}
    admissionPolicies: {statusWriters: %s}
    """
        .formatted(
            OPERATOR,
            environment.get("WATCH_NAMESPACES"),
            environment.get("CLUSTER_NAME"),
            statusWriters);
  }

  /** Only tries: while the policy is not taken up yet, the status would be written. */
  private static Kubectl.KubectlResult forges(
      String user, ClusterUser person, String resource, String name, String status) {
    return person.dryRuns(
        "patch",
        resource,
        name,
        "--subresource=status",
        "--type=merge",
        "--as=" + user,
        "--patch=" + status);
  }
}
