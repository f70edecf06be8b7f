package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.OrganizationAnswer.NotTold;
import io.cloudelements.connectwise.instance.OrganizationAnswer.Told;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Behaviour.OrganizationReply;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The organization of an account, asked of the model of the platform, through all of HTTP (contract
 * §11).
 */
class OrganizationAnswerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int FAILURES_TO_OPEN = 3;

  @RegisterExtension final SimulatedService service = new SimulatedService();

  private final SettableClock clock = new SettableClock(NOON);

  @ParameterizedTest
  @EnumSource(names = {"TOLD", "ID_IS_TEXT"})
  void readsTheIdAsNumberOrText(OrganizationReply reply) {
    // Given
    service.behaves(b -> b.organizationReply = reply);
    String id = Long.toString(service.user().organizationId());
    // When
    OrganizationAnswer answer = service.api().readOrganization(service.account());
    // Then
    assertThat(answer).isEqualTo(new Told(new Organization(id, Optional.of("Organization " + id))));
  }

  @Test
  void needsNoName() {
    // Given
    service.behaves(b -> b.organizationReply = OrganizationReply.NAME_ABSENT);
    // When
    OrganizationAnswer answer = service.api().readOrganization(service.account());
    // Then
    assertThat(answer)
        .isEqualTo(
            new Told(
                new Organization(
                    Long.toString(service.user().organizationId()), Optional.empty())));
  }

  /** The fingerprint of the account is another one; the organization tells that it is the same. */
  @Test
  void tellsTheSameAfterARotation() {
    // Given
    OrganizationAnswer before = service.api().readOrganization(service.account());
    service.world().resetUserSecret(ApiSamples.USER_SECRET, "fresh");
    // When
    OrganizationAnswer after = service.api().readOrganization(withUserSecret("fresh"));
    // Then
    assertThat(after).isInstanceOf(Told.class).isEqualTo(before);
    assertThat(failure(() -> service.api().read(service.account(), 7)))
        .isInstanceOf(AccountRejected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, a refusal (status 404)",
    "UNAUTHORIZED, a refusal (status 401)",
    "FORBIDDEN, a refusal (status 403)",
    "HTML, HTML instead of JSON (status 200)",
    "ARRAY, no organization (status 200)",
    "ID_ABSENT, an organization without an id (status 200)",
    "ID_IS_OBJECT, an organization without an id (status 200)",
  })
  void notToBeToldIsAnAnswer(OrganizationReply reply, String why) {
    // Given
    service.behaves(b -> b.organizationReply = reply);
    // When
    OrganizationAnswer answer = service.api().readOrganization(service.account());
    // Then
    assertThat(answer).isEqualTo(new NotTold(why));
  }

  static List<Arguments> faults() {
    return List.of(
        argumentSet("the service is down", Fault.Status.of(503), ServiceFailed.class),
        argumentSet(
            "the service is busy",
            new Fault.TooManyRequests(
                Fault.TooManyRequests.RetryAfterFormat.SECONDS, Duration.ofSeconds(17)),
            RateLimited.class),
        argumentSet("no answer came", new Fault.Hang(false), TimedOut.class),
        argumentSet("the connection broke", new Fault.LostBeforeApplied(), ConnectionLost.class),
        argumentSet("the answer broke off", new Fault.BodyBreaksOff(10), UnexpectedAnswer.class));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failsLikeAnyCallWhenTheServiceFails(Fault fault, Class<? extends RemoteFailure> expected) {
    // Given
    service.simulator().faults().on(Route.GET_ORGANIZATION).inject(fault);
    HttpInstancesApi impatient = service.client(Duration.ofMillis(300));
    // When
    RemoteFailure failure = failure(() -> impatient.readOrganization(service.account()));
    // Then
    assertThat(failure).isInstanceOf(expected);
  }

  /** A 401 there says nothing about the credentials, however often it comes. */
  @Test
  void refusalsDoNotOpenTheBreaker() {
    // Given
    service.behaves(b -> b.organizationReply = OrganizationReply.UNAUTHORIZED);
    RateLimitedInstancesApi api = limited();
    List<OrganizationAnswer> refusals = new ArrayList<>();
    for (int i = 0; i < 2 * FAILURES_TO_OPEN; i++) {
      refusals.add(api.readOrganization(service.account()));
    }
    // When
    RemoteFailure read = failure(() -> api.read(service.account(), 7));
    // Then: the next call is sent, and answered
    assertThat(refusals).hasOnlyElementsOfType(NotTold.class);
    assertThat(read).isInstanceOf(NotFound.class);
  }

  /** The breaker of an account whose secret is wrong would never open otherwise. */
  @Test
  void refusalsDoNotResetTheBreaker() {
    // Given
    service.world().revokeUser(ApiSamples.USER_SECRET);
    RateLimitedInstancesApi api = limited();
    for (int i = 0; i < FAILURES_TO_OPEN; i++) {
      failure(() -> api.read(service.account(), 7));
      if (i < FAILURES_TO_OPEN - 1) {
        api.readOrganization(service.account());
      }
    }
    // When
    RemoteFailure next = failure(() -> api.read(service.account(), 7));
    // Then
    assertThat(next).isInstanceOf(NotSent.class);
  }

  @Test
  void aRefusedProbeDoesNotCloseTheBreaker() {
    // Given
    RateLimitedInstancesApi api = limited();
    List<Boolean> recoveries = new ArrayList<>();
    api.onAnswer((_, recovered) -> recoveries.add(recovered));
    open(api);
    // When
    OrganizationAnswer probe = api.readOrganization(service.account());
    // Then: the next call is a probe again, which fails
    assertThat(probe).isInstanceOf(NotTold.class);
    assertThat(recoveries).isEmpty();
    assertThat(failure(() -> api.read(service.account(), 7))).isInstanceOf(AccountRejected.class);
    assertThat(failure(() -> api.read(service.account(), 7))).isInstanceOf(NotSent.class);
  }

  @Test
  void aToldOrganizationClosesTheBreaker() {
    // Given
    RateLimitedInstancesApi api = limited();
    List<Boolean> recoveries = new ArrayList<>();
    api.onAnswer((_, recovered) -> recoveries.add(recovered));
    open(api);
    service.world().restoreUser(ApiSamples.USER_SECRET);
    // When
    OrganizationAnswer probe = api.readOrganization(service.account());
    // Then
    assertThat(probe).isInstanceOf(Told.class);
    assertThat(recoveries).containsExactly(true);
    assertThat(failure(() -> api.read(service.account(), 7))).isInstanceOf(NotFound.class);
  }

  /** Revokes the user, fails until the breaker is open, and lets the first pause pass. */
  private void open(RateLimitedInstancesApi api) {
    service.world().revokeUser(ApiSamples.USER_SECRET);
    for (int i = 0; i < FAILURES_TO_OPEN; i++) {
      failure(() -> api.read(service.account(), 7));
    }
    assertThat(failure(() -> api.readOrganization(service.account()))).isInstanceOf(NotSent.class);
    clock.set(NOON.plusSeconds(5));
  }

  private RateLimitedInstancesApi limited() {
    return new RateLimitedInstancesApi(
        service.api(),
        new QueueSettings(16, 512, FAILURES_TO_OPEN, Duration.ofSeconds(10)),
        clock,
        clock,
        new QueueBook());
  }

  private AccountAccess withUserSecret(String secret) {
    Account account = service.account().account();
    return AccountAccess.to(
        new Account(account.baseUrl(), SecretValue.of(secret), account.organizationSecret()));
  }
}
