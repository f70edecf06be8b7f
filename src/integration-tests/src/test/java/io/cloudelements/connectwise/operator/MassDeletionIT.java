package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A folder is pruned, and with it more resources than the limit for deletions at once. */
@RealOperator(OperatorScope.MANUAL)
class MassDeletionIT {
  private static final List<String> NAMES = Tenant.names("pruned", 6);
  private static final int LIMIT = 2;

  /** The process that counted is gone, and no event is written again. */
  @Test
  void instancesStayUntilEachIsConfirmed(Tenant tenant, OperatedCluster cluster) {
    // Given
    Map<String, String> environment = environment(tenant.name());
    tenant.appliesHelpDesks(NAMES);
    try (OperatorProcess operator = cluster.start(environment)) {
      tenant.awaitsReady(NAMES, Duration.ofSeconds(60));
      prune(tenant);
      awaitsHeld(tenant);
      operator.kill();
    }
    int deleted = tenant.account().calls(Route.DELETE_INSTANCE).size();
    List<ConnectWiseInstance> held = tenant.resources();
    assertThat(deleted).isLessThanOrEqualTo(LIMIT).isEqualTo(NAMES.size() - held.size());
    try (OperatorProcess operator = cluster.start(environment)) {
      held.forEach(resource -> tenant.awaitsReconcile(resource.getMetadata().getName()));
      assertThat(tenant.account().calls(Route.DELETE_INSTANCE)).hasSize(deleted);
      String first = held.getFirst().getMetadata().getName();
      assertThat(tenant.events(first)).containsOnlyOnce("Warning DeletionHeld");
      tenant.person().annotates("cwi", first, "cloudelements.io/confirm-deletion=true");
      tenant.awaits(first, seen -> seen.says("the value \"true\" does not confirm this"));
      // When
      tenant.person().confirmsDeletions(held);
      // Then
      tenant.awaits("all are gone", () -> assertThat(tenant.resources()).isEmpty());
      assertThat(tenant.account().instances()).isEmpty();
      assertThat(operator.metric("connectwise_deletions_held_total")).isZero();
    }
  }

  @Test
  void theOwnerOfTheAccountConfirmsAllByTheirNumber(
      Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    try (OperatorProcess operator =
        cluster.start(environment(tenant.name() + "," + owner.namespace()))) {
      owner.shares();
      owner.appliesEntries();
      NAMES.forEach(name -> tenant.applies(owner.helpDesk(name)));
      tenant.awaitsReady(NAMES, Duration.ofSeconds(60));
      prune(tenant);
      awaitsHeld(tenant);
      int number = tenant.resources().size();
      owner.awaitsHeldDeletions(number);
      assertThat(owner.status().conditions().getFirst().getMessage())
          .contains("cloudelements.io/confirm-deletion=" + number);
      int deleted = tenant.account().calls(Route.DELETE_INSTANCE).size();
      // When
      owner.confirmsDeletions(number + 1);
      owner.confirmsDeletions(number);
      // Then
      tenant.awaits("all are gone", () -> assertThat(tenant.resources()).isEmpty());
      assertThat(deleted).isLessThanOrEqualTo(LIMIT);
      assertThat(tenant.account().instances()).isEmpty();
      assertThat(owner.status().deletions().lastHandledConfirmation())
          .isEqualTo(Integer.toString(number));
      assertThat(operator.metric("connectwise_deletions_held_total")).isEqualTo(number);
      owner.person().deletes("cea", AccountOwner.ACCOUNT);
      owner.awaitsGone();
    }
  }

  private static Map<String, String> environment(String namespaces) {
    return Map.of("WATCH_NAMESPACES", namespaces, "MASS_DELETION_LIMIT", Integer.toString(LIMIT));
  }

  /** All at once, as a GitOps tool does. */
  private static void prune(Tenant tenant) {
    tenant.person().runs("delete", "cwi", "--all", "--wait=false");
  }

  private static void awaitsHeld(Tenant tenant) {
    tenant.awaits(
        "the remaining resources are held",
        () ->
            assertThat(tenant.resources())
                .hasSizeGreaterThanOrEqualTo(NAMES.size() - LIMIT)
                .allSatisfy(resource -> {
                  ResourceAssert.assertThat(resource).isStalled("DeletionHeld");
                  assertThat(tenant.events(resource.getMetadata().getName()))
                      .contains("Warning DeletionHeld");
                }));
  }
}
