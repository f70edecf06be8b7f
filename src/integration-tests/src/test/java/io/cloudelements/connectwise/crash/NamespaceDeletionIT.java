package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.NeedsGarbageCollection;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Deletes a whole namespace: its objects go in no defined order, and no new object can be created.
 */
@RealOperator(OperatorScope.MANUAL)
@NeedsGarbageCollection
class NamespaceDeletionIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> NAMES = Tenant.names("leaving", 10);

  private Tenant tenant;
  private OperatedCluster cluster;
  private OperatorProcess operator;

  @BeforeEach
  void begin(Tenant ours, OperatedCluster operated) {
    tenant = ours;
    cluster = operated;
  }

  /** By a ClusterRole, which stays when the namespace goes; others' resources are not counted. */
  private void serveByAClusterRole(ControlPlane controlPlane) {
    Path identity = OperatorRights.of(Map.of("CLUSTER_NAME", "test")).grantedOn(controlPlane);
    serve(Map.of("WATCH_NAMESPACES", tenant.name(), "KUBECONFIG", identity.toString()));
  }

  private void serve(Map<String, String> environment) {
    operator = cluster.start(environment);
    tenant.appliesHelpDesks(NAMES);
    tenant.awaitsReady(NAMES, LIMIT);
  }

  /** Nothing stays at the service, and the finalizers do not keep the namespace. */
  @Test
  void instancesAreDeletedWithTheNamespace(ControlPlane controlPlane, KubernetesClient client) {
    // Given
    serveByAClusterRole(controlPlane);
    // When
    client.namespaces().withName(tenant.name()).delete();
    // Then
    assertEverythingGoes(client);
    assertEachIsDeletedOnce();
  }

  /** A deletion must not need the Secret that the creation needed. */
  @Test
  void instancesAreDeletedAfterTheCredentials(ControlPlane controlPlane, KubernetesClient client) {
    // Given
    serveByAClusterRole(controlPlane);
    tenant.person().runs("delete", "secret", Tenant.CREDENTIALS);
    await("the loss is noticed")
        .atMost(LIMIT)
        .until(() -> NAMES.stream().allMatch(this::reportsItsMissingSecret));
    // When
    client.namespaces().withName(tenant.name()).delete();
    // Then
    assertEverythingGoes(client);
    assertEachIsDeletedOnce();
  }

  /** The last good credentials are remembered until the account's last resource is gone. */
  @Test
  void instancesAreDeletedTogetherWithTheirAccount(
      ControlPlane controlPlane, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    Path identity = OperatorRights.of(Map.of("CLUSTER_NAME", "test")).grantedOn(controlPlane);
    operator =
        cluster.start(
            Map.of(
                "WATCH_NAMESPACES",
                tenant.name() + "," + owner.namespace(),
                "KUBECONFIG",
                identity.toString()));
    owner.shares();
    owner.appliesEntries();
    NAMES.forEach(name -> tenant.applies(owner.helpDesk(name)));
    tenant.awaitsReady(NAMES, LIMIT);
    // When
    client.namespaces().withName(owner.namespace()).delete();
    client.namespaces().withName(tenant.name()).delete();
    // Then
    assertEverythingGoes(client);
    assertEachIsDeletedOnce();
    await("the account's namespace is gone")
        .atMost(LIMIT)
        .until(() -> client.namespaces().withName(owner.namespace()).get() == null);
  }

  /**
   * A Role goes with its namespace, and before the operator is done. The documented remedy must
   * work then.
   */
  @Test
  void aClusterRoleBindingReplacesADeletedRole(ControlPlane controlPlane, KubernetesClient client) {
    // Given
    Map<String, String> environment =
        Map.of("CLUSTER_NAME", "test", "WATCH_NAMESPACES", tenant.name());
    OperatorRights rights = OperatorRights.of(environment);
    serve(environment);
    client.namespaces().withName(tenant.name()).delete();
    await("the right is missing")
        .atMost(LIMIT)
        .until(() -> operator.log().stream().anyMatch(line -> line.contains("is forbidden")));
    // When
    controlPlane.kubectl(
        "create",
        "clusterrolebinding",
        "finish-deletion",
        "--clusterrole=cluster-admin",
        "--serviceaccount=" + rights.namespace() + ":" + rights.account());
    // Then
    assertEverythingGoes(client);
    controlPlane.kubectl("delete", "clusterrolebinding", "finish-deletion");
  }

  /** Where the finalizer could not be taken off after a DELETE, the DELETE is repeated: a 404. */
  private void assertEachIsDeletedOnce() {
    assertThat(cluster.simulator().journal().count(Route.DELETE_INSTANCE))
        .as("each is deleted once")
        .isEqualTo(NAMES.size());
  }

  private boolean reportsItsMissingSecret(String name) {
    return tenant.status(name).orElseThrow().conditions().stream()
        .anyMatch(c -> c.getReason().equals("WaitingForSecret"));
  }

  private void assertEverythingGoes(KubernetesClient client) {
    await("the namespace is gone")
        .atMost(LIMIT)
        .until(() -> client.namespaces().withName(tenant.name()).get() == null);
    assertThat(cluster.simulator().platform().live()).isEmpty();
    assertThat(cluster.simulator().platform().everCreated()).hasSize(NAMES.size());
    assertThat(cluster.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
  }
}
