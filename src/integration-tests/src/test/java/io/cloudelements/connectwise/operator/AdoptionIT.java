package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Taking over an instance that exists, and leaving another owner's alone. */
@RealOperator
class AdoptionIT {

  /** Instances made in the console for years come under the manifest without a new token. */
  @Test
  void adoptsTheNamedInstanceAndUpdatesIt(Tenant tenant) {
    // Given
    Instance byHand = madeByHand(tenant, "connectwisehd", "console");
    tenant.appliesCredentials();
    // When
    tenant.applies(adopting(byHand.id()));
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(byHand.id()));
    Instance adopted = tenant.account().instance();
    assertThat(adopted.name()).isEqualTo("Acme");
    assertThat(adopted.tags())
        .containsExactlyInAnyOrder("connectwise-operator", tenant.account().ownershipTag("acme"));
    assertThat(adopted.configuration())
        .containsEntry("helpdesk.connectwise.password", TenantAccount.PASSWORD);
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(byHand.token());
    assertThat(tenant.account().mutations()).containsExactly(Route.PUT_INSTANCE);
    tenant.awaits(
        "the event", () -> assertThat(tenant.events("acme")).containsExactly("Normal Adopted"));
  }

  /** A mistyped id must not change an instance of another hub. */
  @Test
  void doesNotChangeAnInstanceOfAnotherElement(Tenant tenant) {
    // Given
    Instance crm = madeByHand(tenant, "connectwisecrm", "console");
    tenant.appliesCredentials();
    // When
    tenant.applies(adopting(crm.id()));
    // Then
    tenant.awaits(
        "acme",
        acme -> acme.isStalled("WrongElement").says("connectwisecrm", "spec.adoptInstanceId"));
    assertIsUntouched(tenant, crm);
  }

  /** Creating another instance instead would cost money. */
  @Test
  void createsNothingForAMissingAdoptedInstance(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    // When
    tenant.applies(adopting(987_654));
    // Then
    tenant.awaits("acme", acme -> acme.isStalled("NotFound").says("987654"));
    assertThat(tenant.account().instances()).isEmpty();
    assertThat(tenant.account().mutations()).isEmpty();
  }

  /** Two resources on one instance would undo each other's changes for ever. */
  @Test
  void doesNotChangeAnInstanceOfAnotherResource(Tenant tenant) {
    // Given
    Instance others = madeByHand(tenant, "connectwisehd", tenant.account().ownershipTag("other"));
    tenant.appliesCredentials();
    // When
    tenant.applies(adopting(others.id()));
    // Then
    tenant.awaits(
        "acme", acme -> acme.isStalled("OwnedByAnother").says("another resource of this cluster"));
    assertIsUntouched(tenant, others);
  }

  /** After a rebuild under another cluster name a person says that the old cluster is no more. */
  @Test
  void takesOverAnotherClustersInstanceOnConfirmationOnly(Tenant tenant) {
    // Given
    Instance old =
        madeByHand(tenant, "connectwisehd", tenant.account().ownershipTag("old-cluster", "acme"));
    tenant.appliesCredentials();
    tenant.applies(adopting(old.id()));
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("OwnedByAnother")
                .says("another cluster", "cloudelements.io/take-over: \"" + old.id() + "\""));
    tenant.person().annotates("cwi", "acme", "cloudelements.io/take-over=true");
    tenant.awaits("acme", acme -> acme.says("the value \"true\" does not confirm this"));
    assertIsUntouched(tenant, old);
    // When
    tenant.person().annotates("cwi", "acme", "cloudelements.io/take-over=" + old.id());
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(old.id()));
    assertThat(tenant.account().instance().tags()).contains(tenant.account().ownershipTag("acme"));
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(old.token());
  }

  /** A rebuilt cluster of the same name applies its manifests and gets its instances back. */
  @Test
  void findsAnInstanceWithItsTagInsteadOfCreatingOne(Tenant tenant) {
    // Given
    Instance ours = madeByHand(tenant, "connectwisehd", tenant.account().ownershipTag("acme"));
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme", "name: Acme"));
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(ours.id()));
    assertThat(tenant.account().routes()).doesNotContain(Route.POST_INSTANCES);
  }

  private static String adopting(long id) {
    return Tenant.helpDesk("acme", "name: Acme", "adoptInstanceId: " + id);
  }

  private static Instance madeByHand(Tenant tenant, String element, String tag) {
    return tenant.account().makesByHand(element, "By hand", Set.of(tag), Map.of());
  }

  private static void assertIsUntouched(Tenant tenant, Instance instance) {
    tenant.awaitsReconcile("acme");
    assertThat(tenant.account().instance()).isEqualTo(instance);
    assertThat(tenant.account().mutations()).isEmpty();
    assertThat(tenant.secret("acme-token")).isEmpty();
  }
}
