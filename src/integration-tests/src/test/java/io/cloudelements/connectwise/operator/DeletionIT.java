package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The resource goes when, and only when, its instance is gone or is meant to stay. */
@RealOperator
class DeletionIT {

  /** An instance that is left behind would still be paid for. */
  @Test
  void deletesTheInstanceBeforeTheResource(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance(instance.id()).isLive()).isFalse();
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.DELETE_INSTANCE);
  }

  /** The instance was deleted at the console before. */
  @Test
  void deletesAResourceWhoseInstanceIsGone(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.account().outsideWorld().deleteExternally(instance.id());
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instances()).isEmpty();
  }

  /** A formula still runs on it: a person decides, and sees why the deletion hangs. */
  @Test
  void anInstanceInUseBlocksTheDeletion(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.account().outsideWorld().markInUse(instance.id());
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("DeletionBlocked")
                .hasState("Deleting")
                .says("in use", "409", "spec.deletionPolicy: Retain", "request id "));
    tenant.awaits(
        "the event", () -> assertThat(tenant.events("acme")).contains("Warning DeletionBlocked"));
    tenant.account().outsideWorld().release(instance.id());
    tenant.person().annotates("cwi", "acme", "cloudelements.io/reconcile-requested-at=released");
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instances()).isEmpty();
  }

  /** The user sets Retain while the deletion is blocked. */
  @Test
  void aRevokedAccountBlocksTheDeletionUntilRetain(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.account().outsideWorld().revokeUser(tenant.account().secret());
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("DeletionBlocked")
                .says("401", "userSecret", "spec.deletionPolicy: Retain"));
    tenant.changes("acme", "{\"deletionPolicy\":\"Retain\"}");
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance(instance.id()).isLive()).isTrue();
  }

  /** The instance outlives its manifest on purpose. */
  @Test
  void retainKeepsTheInstance(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme", "deletionPolicy: Retain");
    int calls = tenant.account().calls().size();
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance(instance.id()).isLive()).isTrue();
    assertThat(tenant.account().calls()).hasSize(calls);
  }

  /** A resource that made no instance is deleted without a call. */
  @Test
  void deletesAResourceWithoutInstanceWithoutCalls(Tenant tenant) {
    // Given
    tenant.appliesCredentials(keys -> keys.remove("password"));
    tenant.applies(Tenant.helpDesk("acme"));
    tenant.awaits("acme", acme -> acme.condition("Synced").isFalse().hasReason("WaitingForSecret"));
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().calls()).isEmpty();
  }

  /** {@code kubectl delete -f} takes both away, the Secret at once. */
  @Test
  void deletesTheInstanceAfterItsCredentialsSecret(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    tenant.person().deletes("secret", Tenant.CREDENTIALS);
    tenant.awaits("acme", acme -> acme.condition("Synced").isFalse().hasReason("WaitingForSecret"));
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instances()).isEmpty();
  }

  /** A duplicate with this resource's tag is deleted; another owner's instance is not. */
  @Test
  void deletesAllInstancesWithItsTagAndNoOther(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    Instance other =
        tenant
            .account()
            .makesByHand("connectwisehd", "Acme", Set.of("acme"), instance.configuration());
    tenant
        .account()
        .makesByHand(
            "connectwisehd",
            "Acme",
            Set.of(tenant.account().ownershipTag("acme")),
            instance.configuration());
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance().id()).isEqualTo(other.id());
  }
}
