package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code watchNamespaces}: some namespaces by Roles, and nothing of the cluster. */
@RealOperator(OperatorScope.MANUAL)
class NamespacesIT {
  private final List<Tenant> tenants = new ArrayList<>();

  @AfterEach
  void deleteNamespaces(ControlPlane controlPlane) {
    for (Tenant tenant : tenants) {
      controlPlane.kubectl("delete", "namespace", tenant.name(), "--wait=false");
    }
  }

  /** A team that installs for itself has no right to give the operator beyond its namespaces. */
  @Test
  void servesItsNamespacesWithoutRightsOutside(
      ControlPlane controlPlane, Tenant one, OperatedCluster cluster) {
    // Given
    Tenant two = tenant(one.name() + "-two", controlPlane, cluster);
    Tenant stranger = tenant(one.name() + "-stranger", controlPlane, cluster);
    Map<String, String> environment =
        Map.of(
            "CLUSTER_NAME",
            "test",
            "WATCH_NAMESPACES",
            one.name() + "," + two.name(),
            "OPERATOR_NAMESPACE",
            one.name());
    OperatorRights rights = OperatorRights.of(environment);
    stranger.appliesHelpDesks(List.of("acme"));
    try (OperatorProcess operator = cluster.start(environment)) {
      // When
      one.provisions("acme");
      two.provisions("acme");
      // Then
      assertThat(rights.objects())
          .extracting(object -> object.get("kind").asText())
          .containsOnly("ServiceAccount", "Role", "RoleBinding");
      assertThat(mayGetSecrets(one.person(), rights)).isEqualTo("yes");
      assertThat(mayGetSecrets(stranger.person(), rights)).isEqualTo("no");
      assertThat(stranger.status("acme")).isEmpty();
      assertThat(stranger.find("acme").orElseThrow().getMetadata().getFinalizers()).isEmpty();
      assertThat(operator.log())
          .noneMatch(line -> line.contains("orbidden"))
          .noneMatch(line -> line.contains("CLUSTER_NAME is not set"));
    }
  }

  private Tenant tenant(String namespace, ControlPlane controlPlane, OperatedCluster cluster) {
    controlPlane.kubectl("create", "namespace", namespace);
    Tenant tenant = cluster.tenant(namespace);
    tenants.add(tenant);
    return tenant;
  }

  private static String mayGetSecrets(ClusterUser where, OperatorRights rights) {
    return where
        .kubectl()
        .attempt(
            "auth", "can-i", "get", "secrets", "-n", where.namespace(), "--as=" + rights.user())
        .output()
        .strip();
  }
}
