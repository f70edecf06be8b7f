package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.NeedsGarbageCollection;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.ResourceAssert;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A namespace is deleted while mass deletions are limited: its resources wait for a person, and
 * their Secrets do not wait for them.
 */
@RealOperator(OperatorScope.MANUAL)
@NeedsGarbageCollection
class HeldNamespaceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> NAMES = Tenant.names("leaving", 6);
  private static final int MOST = 2;

  private Tenant tenant;
  private AccountOwner owner;
  private OperatedCluster cluster;
  private ControlPlane controlPlane;
  private KubernetesClient client;

  @BeforeEach
  void begin(
      Tenant ours, OperatedCluster operated, ControlPlane plane, KubernetesClient connected) {
    tenant = ours;
    owner = AccountOwner.of(ours, connected);
    cluster = operated;
    controlPlane = plane;
    client = connected;
  }

  /** The credentials are gone with the namespace, and the process remembers them. */
  @Test
  void theIdsOfTheInstancesLetTheNamespaceGo() {
    // Given
    OperatorProcess operator = serve();
    List<ConnectWiseInstance> held = heldWithTheirNamespace();
    int deleted = deletions();
    await("the namespace says what keeps it").atMost(LIMIT).until(this::namesTheFinalizer);
    assertThat(deleted).isLessThanOrEqualTo(MOST).isEqualTo(NAMES.size() - held.size());
    assertThat(operator.metric("connectwise_deletions_held_total")).isEqualTo(held.size());
    // When
    tenant.person().confirmsDeletions(held);
    // Then
    assertEverythingGoes();
  }

  /** The namespace takes no event any more, so the statuses say it. */
  @Test
  void theNumberOnTheAccountLetsTheNamespaceGo() {
    // Given
    serve();
    sharedAccount();
    delete(tenant.name());
    List<ConnectWiseInstance> held = awaitsHeld();
    held.forEach(resource ->
        ResourceAssert.assertThat(resource)
            .says("the owner of CloudElementsAccount " + owner.namespace() + "/acme-production"));
    owner.awaitsHeldDeletions(held.size());
    // When
    owner.confirmsDeletions(held.size());
    // Then
    assertEverythingGoes();
    owner.person().deletes("cea", AccountOwner.ACCOUNT);
    owner.awaitsGone();
  }

  /** An account that is being deleted can be confirmed on as well. */
  @Test
  void theNumberOnADeletedAccountLetsBothNamespacesGo() {
    // Given
    serve();
    sharedAccount();
    delete(owner.namespace());
    delete(tenant.name());
    List<ConnectWiseInstance> held = awaitsHeld();
    awaitsNoSecretIn(owner.namespace());
    owner.awaitsHeldDeletions(held.size());
    owner.awaitsReason("InUse");
    // When
    owner.confirmsDeletions(held.size());
    // Then
    assertEverythingGoes();
    await("the account's namespace is gone").atMost(LIMIT).until(() -> isGone(owner.namespace()));
  }

  /**
   * The process that remembered the credentials has ended, and they cannot be restored. The remedy
   * in the status must work then.
   */
  @Test
  void anAccountElsewhereReplacesCredentialsThatAreLost() {
    // Given
    OperatorProcess first = serve();
    List<ConnectWiseInstance> held = heldWithTheirNamespace();
    int deleted = deletions();
    first.kill();
    serve();
    tenant.person().confirmsDeletions(held);
    held.forEach(resource -> tenant.awaits(resource.getMetadata().getName(), this::isBlocked));
    assertThat(deletions()).isEqualTo(deleted);
    owner.shares();
    // When
    held.forEach(resource ->
        tenant.changes(
            resource.getMetadata().getName(),
            "{\"accountRef\":{\"name\":\"%s\",\"namespace\":\"%s\"}}"
                .formatted(AccountOwner.ACCOUNT, owner.namespace())));
    // Then
    assertEverythingGoes();
  }

  private void isBlocked(ResourceAssert seen) {
    seen.condition("Synced")
        .hasReason("DeletionBlocked")
        .says(
            "Secret " + Tenant.CREDENTIALS + " does not exist in this namespace",
            "then set spec.accountRef to a CloudElementsAccount of another namespace",
            "Or set spec.deletionPolicy: Retain");
  }

  /** By a ClusterRole, which stays when the namespace goes. */
  private OperatorProcess serve() {
    String identity =
        OperatorRights.of(Map.of("CLUSTER_NAME", "test")).grantedOn(controlPlane).toString();
    return cluster.start(
        Map.of(
            "WATCH_NAMESPACES",
            tenant.name() + "," + owner.namespace(),
            "MASS_DELETION_LIMIT",
            Integer.toString(MOST),
            "KUBECONFIG",
            identity));
  }

  private void sharedAccount() {
    owner.shares();
    owner.appliesEntries();
    NAMES.forEach(name -> tenant.applies(owner.helpDesk(name)));
    tenant.awaitsReady(NAMES, LIMIT);
  }

  /** All are ready, and their namespace is deleted. */
  private List<ConnectWiseInstance> heldWithTheirNamespace() {
    tenant.appliesHelpDesks(NAMES);
    tenant.awaitsReady(NAMES, LIMIT);
    delete(tenant.name());
    return awaitsHeld();
  }

  private void delete(String namespace) {
    client.namespaces().withName(namespace).delete();
  }

  /** Nothing but the resources is left, and each of them says why. */
  private List<ConnectWiseInstance> awaitsHeld() {
    awaitsNoSecretIn(tenant.name());
    tenant.awaits(
        "the remaining resources are held",
        () ->
            assertThat(tenant.resources())
                .hasSizeGreaterThanOrEqualTo(NAMES.size() - MOST)
                .allSatisfy(resource ->
                    ResourceAssert.assertThat(resource)
                        .isStalled("DeletionHeld")
                        .says("confirm-deletion=" + resource.getStatus().instanceId())));
    return tenant.resources();
  }

  private void awaitsNoSecretIn(String namespace) {
    await("the Secrets of " + namespace + " are gone")
        .atMost(LIMIT)
        .until(() -> client.secrets().inNamespace(namespace).list().getItems().isEmpty());
  }

  private boolean namesTheFinalizer() {
    return client.namespaces().withName(tenant.name()).get().getStatus().getConditions().stream()
        .filter(condition -> "NamespaceFinalizersRemaining".equals(condition.getType()))
        .map(NamespaceCondition::getMessage)
        .anyMatch(message -> message.contains("cloudelements.io/element-instance"));
  }

  private boolean isGone(String namespace) {
    return client.namespaces().withName(namespace).get() == null;
  }

  private int deletions() {
    return cluster.simulator().journal().count(Route.DELETE_INSTANCE);
  }

  private void assertEverythingGoes() {
    await("the namespace is gone").atMost(LIMIT).until(() -> isGone(tenant.name()));
    assertThat(cluster.simulator().platform().live()).isEmpty();
    assertThat(deletions()).as("each is deleted once").isEqualTo(NAMES.size());
  }
}
