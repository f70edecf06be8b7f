package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.fault.Fault.TooManyRequests.RetryAfterFormat;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A paused account, as its resources show it and as a person ends the pause. */
@RealOperator
class AccountFailureIT {

  /** One resource is told to wait, and the others do not ask. */
  @Test
  void aPauseHoldsForTheAccountUntilTheSecretChanges(Tenant tenant) {
    // Given: the account that the Secret names at first asks for a pause of an hour
    TenantAccount old = tenant.opensAccount("-old");
    old.faultsOn().inject(new TooManyRequests(RetryAfterFormat.HTTP_DATE, Duration.ofHours(1)));
    tenant.appliesCredentials(keys -> keys.put("userSecret", old.secret()));
    tenant.applies(Tenant.helpDesk("one"));
    tenant.awaits(
        "one",
        one ->
            one.condition("Synced")
                .isFalse()
                .hasReason("RateLimited")
                .says("is not called until 20", "it goes on by itself"));
    int calls = tenant.account().callsOfAllAccounts();
    tenant.applies(Tenant.helpDesk("two"));
    tenant.awaits(
        "two",
        two ->
            two.condition("Synced")
                .isFalse()
                .hasReason("HeldBack")
                .says("asked for no calls to account", "until 20", "it goes on by itself"));
    assertThat(tenant.account().callsOfAllAccounts()).isEqualTo(calls);
    // When
    tenant.edits(Tenant.CREDENTIALS, Map.of("userSecret", tenant.account().secret()));
    // Then: before the hour has passed
    tenant.awaitsReady("one");
    tenant.awaitsReady("two");
  }

  /**
   * Each failure doubles a resource's own backoff, up to five minutes. The fifth opens the breaker,
   * and with it the backoff is longer than this test waits for the creation.
   */
  @Test
  void aWaitingCreationContinuesAfterTheFirstAnsweredCall(Tenant tenant) {
    // Given
    tenant.provisions("ready");
    FaultRule outage = tenant.account().faultsOn().inject(Fault.Status.of(503));
    tenant.applies(Tenant.helpDesk("waiting"));
    await("five failures in a row").atMost(Duration.ofMinutes(1)).until(() -> outage.fired() == 5);
    int calls = tenant.account().calls().size();
    tenant.account().simulator().faults().remove(outage);
    // When
    tenant.awaitsReconcile("ready");
    // Then
    tenant.awaitsReady("waiting");
    List<Route> routes = tenant.account().routes();
    assertThat(routes.subList(calls, routes.size()))
        .as("a check of the one is the probe, and its answer brings the creation of the other")
        .startsWith(Route.GET_INSTANCE)
        .endsWith(Route.POST_INSTANCES)
        .containsOnlyOnce(Route.GET_INSTANCE, Route.POST_INSTANCES);
  }
}
