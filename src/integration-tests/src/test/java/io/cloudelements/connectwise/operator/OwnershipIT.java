package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An id proves nothing: only what shows the resource's ownership tag is changed or deleted. */
@RealOperator
class OwnershipIT {

  /** The instance was never ours: a wrong password is no reason to delete it. */
  @Test
  void keepsAnInstanceWhoseAdoptionWasRefused(Tenant tenant) {
    // Given
    Instance theirs = madeByHand(tenant, "console");
    tenant.account().changesPasswordAtConnectWise("another");
    tenant.appliesCredentials();
    tenant.applies(Tenant.helpDesk("acme", "adoptInstanceId: " + theirs.id()));
    tenant.awaits("acme", acme -> acme.isStalled("ProviderRejected"));
    assertThat(tenant.find("acme").orElseThrow().getStatus().instanceId()).isNull();
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance()).isEqualTo(theirs);
  }

  /** Without its ownership tag the operator no longer deletes an instance. */
  @Test
  void doesNotDeleteAnInstanceWithoutItsTag(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.account().outsideWorld().setTags(instance.id(), Set.of("ours no more"));
    tenant.awaitsReconcile("acme");
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("OwnershipNotShown")
                .says(
                    tenant.account().ownershipTag("acme"),
                    "cloudelements.io/take-over: \"" + instance.id() + "\""));
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("DeletionBlocked")
                .says("OwnershipNotShown", "spec.deletionPolicy: Retain"));
    tenant.changes("acme", "{\"deletionPolicy\":\"Retain\"}");
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance().isLive()).isTrue();
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** The right to write the status must not give access to other instances of the account. */
  @Test
  void doesNotChangeAForeignInstanceNamedInTheStatus(Tenant tenant) {
    // Given
    Instance ours = tenant.provisions("acme");
    Instance theirs = madeByHand(tenant, "console");
    tenant
        .person()
        .patchesStatus("cwi", "acme", "{\"status\":{\"instanceId\":" + theirs.id() + "}}");
    // When
    tenant.changes("acme", "{\"name\":\"Renamed\"}");
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(ours.id()));
    assertThat(tenant.account().instance(ours.id()).name()).isEqualTo("Renamed");
    assertThat(tenant.account().instance(theirs.id())).isEqualTo(theirs);
  }

  /** A token opens the instance, so knowing the id must not deliver another owner's token. */
  @Test
  void doesNotDeliverTheTokenOfAnotherResource(Tenant tenant) {
    // Given
    Instance theirs = madeByHand(tenant, tenant.account().ownershipTag("other"));
    tenant.appliesCredentials();
    // When
    tenant.applies(
        Tenant.helpDesk("acme", "managementPolicy: Observe", "adoptInstanceId: " + theirs.id()));
    // Then
    tenant.awaits("acme", acme -> acme.isStalled("OwnedByAnother"));
    assertThat(tenant.secret("acme-token")).isEmpty();
    assertThat(tenant.account().mutations()).isEmpty();
  }

  /** Both were allowed to take the instance over: the last one has it, and the other says so. */
  @Test
  void twoResourcesDoNotAlternateOnOneInstance(Tenant tenant) {
    // Given
    Instance old = madeByHand(tenant, tenant.account().ownershipTag("old-cluster", "acme"));
    tenant.appliesCredentials();
    List<String> both = List.of("acme", "other");
    tenant.applies(Tenant.helpDesk("acme", "adoptInstanceId: " + old.id()));
    tenant.person().annotates("cwi", "acme", "cloudelements.io/take-over=" + old.id());
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(old.id()));
    tenant.applies(Tenant.helpDesk("other", "adoptInstanceId: " + old.id()));
    tenant.awaits("other", other -> other.isStalled("OwnedByAnother"));
    // When
    tenant.person().annotates("cwi", "other", "cloudelements.io/take-over=" + old.id());
    // Then
    tenant.awaits("other", other -> other.isReady().hasInstance(old.id()));
    tenant.awaitsReconcile("acme");
    tenant.awaits(
        "acme", acme -> acme.isStalled("OwnedByAnother").says("followed once and is void"));
    both.forEach(tenant::awaitsReconcile);
    tenant.awaits("other", other -> other.isReady());
    assertThat(tenant.account().mutations()).hasSize(2);
  }

  /** A request by the field that cannot be followed yet is reported, and followed later. */
  @Test
  void refusesAnAdoptionUntilTheOwnInstanceIsGone(Tenant tenant) {
    // Given
    Instance living = tenant.provisions("acme");
    Instance wanted = madeByHand(tenant, "console");
    tenant.changes("acme", "{\"adoptInstanceId\":" + wanted.id() + "}");
    tenant.awaits(
        "acme",
        acme -> {
          acme.hasInstance(living.id()).condition("Ready").isTrue();
          acme.condition("Synced").isFalse().hasReason("AdoptionRefused");
        });
    assertThat(tenant.account().instance(wanted.id())).isEqualTo(wanted);
    // When
    tenant.account().outsideWorld().deleteExternally(living.id());
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(wanted.id()));
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(wanted.token());
  }

  private static Instance madeByHand(Tenant tenant, String tag) {
    return tenant.account().makesByHand("connectwisehd", "By hand", Set.of(tag), Map.of());
  }
}
