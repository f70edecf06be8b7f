package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.simulator.SimulatorServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code watchNamespaces}: some namespaces by Roles, and nothing of the cluster. */
@RealCluster
class NamespacesIT {
  private ClusterUser one;
  private ClusterUser two;
  private ClusterUser stranger;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
  }

  @BeforeEach
  void makeNamespaces(ControlPlane controlPlane, ClusterUser user, TestNamespace namespace) {
    one = user;
    two = controlPlane.userIn(namespace.name() + "-two");
    stranger = controlPlane.userIn(namespace.name() + "-stranger");
    controlPlane.kubectl("create", "namespace", two.namespace());
    controlPlane.kubectl("create", "namespace", stranger.namespace());
  }

  @AfterEach
  void deleteNamespaces(ControlPlane controlPlane) {
    controlPlane.kubectl(
        "delete", "namespace", two.namespace(), stranger.namespace(), "--wait=false");
  }

  /** A team that installs for itself has no right to give the operator beyond its namespaces. */
  @Test
  void servesItsNamespacesWithoutAnyRightOutside(ControlPlane controlPlane) {
    // Given
    Map<String, String> environment =
        Map.of(
            "CLUSTER_NAME",
            "test",
            "WATCH_NAMESPACES",
            one.namespace() + "," + two.namespace(),
            "OPERATOR_NAMESPACE",
            one.namespace());
    OperatorRights rights = OperatorRights.of(environment);
    stranger.applies(Acme.CREDENTIALS);
    stranger.applies(Acme.HELP_DESK);
    try (SimulatorServer simulator = Acme.simulator();
        OperatorProcess operator = OperatorProcess.start(controlPlane, simulator, environment)) {
      // When
      for (ClusterUser served : new ClusterUser[] {one, two}) {
        served.applies(Acme.CREDENTIALS);
        served.applies(Acme.HELP_DESK);
        served.runs("wait", "cwi/acme", "--for=condition=Ready", "--timeout=30s");
      }
      // Then
      assertThat(rights.objects())
          .extracting(object -> object.get("kind").asText())
          .containsOnly("ServiceAccount", "Role", "RoleBinding");
      assertThat(mayGetSecrets(one, rights)).isEqualTo("yes");
      assertThat(mayGetSecrets(stranger, rights)).isEqualTo("no");
      assertThat(stranger.gets("cwi", "acme", "-o", "jsonpath={.status}{.metadata.finalizers}"))
          .isEmpty();
      assertThat(operator.log())
          .noneMatch(line -> line.contains("orbidden"))
          .noneMatch(line -> line.contains("CLUSTER_NAME is not set"));
    }
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
