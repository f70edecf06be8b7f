package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes at the console, and failures that look like them. */
@RealOperator
class RemoteLossIT {

  /** The manifest is what is wanted, so the instance is made anew and its token delivered. */
  @Test
  void recreatesAnInstanceDeletedExternally(Tenant tenant) {
    // Given
    Instance lost = tenant.provisions("acme");
    tenant.account().outsideWorld().deleteExternally(lost.id());
    // When
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaitsReady("acme");
    Instance made = tenant.account().instance();
    assertThat(made.id()).isNotEqualTo(lost.id());
    assertThat(made.token()).isNotEqualTo(lost.token());
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(made.id()));
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(made.token());
    tenant.awaits(
        "the event", () -> assertThat(tenant.events("acme")).contains("Warning Recreated"));
  }

  /** The spec does not declare it, so it is reported; the token works again once it is enabled. */
  @Test
  void reportsAnInstanceDisabledExternally(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.account().outsideWorld().disable(instance.id());
    // When
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaits(
        "acme",
        acme -> {
          acme.hasState("Disabled").condition("Ready").isFalse().hasReason("Disabled");
          acme.says("spec.enabled").condition("Synced").isTrue();
        });
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(instance.token());
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** A proxy's page and a service in trouble prove nothing: the instance is not given up. */
  @Test
  void keepsAnInstanceThatOnlyAppearsGone(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.account().faultsOn(Route.GET_INSTANCE).first(1).inject(new Fault.Html(404, false));
    // When
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaits("acme", acme -> acme.hasInstance(instance.id()).condition("Ready").isTrue());
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(instance.id()));
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** The old secret cannot be put back, and what was sent under it still takes effect. */
  @Test
  void usesAnInstanceWhosePostWasUnderWayWhenTheUserSecretWasReset(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    tenant
        .account()
        .faultsOn(Route.POST_INSTANCES)
        .first(1)
        .inject(Fault.AppliedLate.by(Duration.ofSeconds(8)));
    tenant.applies(Tenant.helpDesk("acme"));
    tenant.awaits(
        "the POST",
        () -> assertThat(tenant.account().callsAbout("acme", Route.POST_INSTANCES)).hasSize(1));
    tenant.resetsUserSecret();
    // When
    tenant.edits(Tenant.CREDENTIALS, Map.of("userSecret", tenant.account().secret()));
    // Then
    tenant.awaitsReady("acme");
    tenant.assertDelivered("acme");
    assertThat(tenant.account().callsAbout("acme", Route.POST_INSTANCES)).hasSize(1);
  }

  /** Another account does not show the instance, which says nothing about it. */
  @Test
  void aChangedAccountIsNotALostInstance(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    TenantAccount other = tenant.opensAccount("-other");
    // When
    tenant.edits(Tenant.CREDENTIALS, Map.of("userSecret", other.secret()));
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("AccountChanged")
                .hasInstance(instance.id())
                .says("cloudelements.io/confirm-recreate"));
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
    tenant.edits(Tenant.CREDENTIALS, Map.of("userSecret", tenant.account().secret()));
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(instance.id()));
  }
}
