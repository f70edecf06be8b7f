package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AuditLogAnswer;
import io.cloudelements.connectwise.instance.AuditLogAnswer.NotTold;
import io.cloudelements.connectwise.instance.AuditLogAnswer.Told;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.model.Behaviour.AuditLogReply;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The author of a change, asked of the model of the platform, through all of HTTP. */
class AuditLogAnswerTest {
  private static final int FAILURES_TO_OPEN = 3;
  private static final Duration DEADLINE = Duration.ofMillis(500);

  @RegisterExtension final SimulatedService service = new SimulatedService();

  /** The person, and neither who created the instance before nor who repaired it afterwards. */
  @ParameterizedTest
  @EnumSource(names = {"TOLD", "TIME_IS_NUMBER", "PERIOD_IGNORED"})
  void tellsTheLastChangeBeforeTheDriftWasFound(AuditLogReply reply) {
    // Given
    service.behaves(b -> b.auditLogReply = reply);
    long id = service.create();
    service.world().rename(id, "by hand");
    Instant changed = service.simulator().platform().changesOf(id).getLast().at();
    // When
    AuditLogAnswer answer =
        service.api().readAuditLog(service.account(), id, changed.minusSeconds(60), changed);
    service.api().patch(service.account(), id, Optional.of("Acme"), Optional.empty());
    // Then
    assertThat(answer)
        .isEqualTo(
            new Told("9001", "203.0.113.7", changed.truncatedTo(ChronoUnit.SECONDS).toString()));
    assertThat(service.api().readAuditLog(service.account(), id, changed.minusSeconds(60), changed))
        .as("without the repair")
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, its audit log answered with status 404",
    "UNAUTHORIZED, its audit log answered with status 401",
    "FORBIDDEN, its audit log answered with status 403",
    "UNAVAILABLE, its audit log answered with status 503",
    "HTML, its audit log answered with status 200",
    "VERY_LONG, its audit log answered with status 200",
    "OBJECT, its audit log has an unknown form",
    "OTHER_NAMES, its audit log has no change of that time",
    "EMPTY, its audit log has no change of that time",
  })
  void notToBeToldIsAnAnswer(AuditLogReply reply, String why) {
    // Given
    service.behaves(b -> b.auditLogReply = reply);
    long id = renamed();
    // When
    AuditLogAnswer answer = ask(service.api(), id);
    // Then
    assertThat(answer).isEqualTo(new NotTold(why));
  }

  static List<Arguments> faults() {
    return List.of(
        argumentSet("never answered", new Fault.Hang(false)),
        argumentSet("the connection broke", new Fault.LostBeforeApplied()),
        argumentSet("the answer broke off", new Fault.BodyBreaksOff(10)),
        argumentSet("JSON that ends early", new Fault.TruncatedBody(10)),
        argumentSet("2 MB", new Fault.OversizedBody(2 << 20)),
        argumentSet("a redirect", new Fault.Redirect("http://127.0.0.1:1/")),
        argumentSet("500", Fault.Status.of(500)),
        argumentSet(
            "429",
            new TooManyRequests(TooManyRequests.RetryAfterFormat.SECONDS, Duration.ofHours(1))));
  }

  /** The audit log is optional: none of its failures stops the account's other calls. */
  @ParameterizedTest
  @MethodSource("faults")
  void noFailureReachesTheAccount(Fault fault) {
    // Given
    service.behaves(b -> b.auditLogReply = AuditLogReply.TOLD);
    long id = renamed();
    service.simulator().faults().on(Route.GET_AUDIT_LOG).inject(fault);
    RateLimitedInstancesApi api = limited();
    // When
    for (int i = 0; i < 2 * FAILURES_TO_OPEN; i++) {
      assertThat(ask(api, id)).isInstanceOf(NotTold.class);
    }
    // Then
    assertThat(api.read(service.account(), id).id()).isEqualTo(id);
  }

  /** Refusals neither: 401 there is what a user without the privilege gets. */
  @Test
  void refusalsDoNotOpenTheBreaker() {
    // Given
    service.behaves(b -> b.auditLogReply = AuditLogReply.UNAUTHORIZED);
    RateLimitedInstancesApi api = limited();
    // When
    for (int i = 0; i < 2 * FAILURES_TO_OPEN; i++) {
      ask(api, 7);
    }
    // Then
    assertThat(failure(() -> api.read(service.account(), 7))).isInstanceOf(NotFound.class);
  }

  /** Both secrets of the account, the password and the token stand where the user's id should. */
  @Test
  void showsNoSecret() {
    // Given
    service.behaves(b -> b.auditLogReply = AuditLogReply.SECRETS);
    long id = renamed();
    Instance instance = service.simulator().platform().instance(id).orElseThrow();
    AccountAccess knowing =
        service
            .account()
            .withKnownSecrets(
                List.of(SecretValue.of(ApiSamples.PASSWORD), SecretValue.of(instance.token())));
    // When
    AuditLogAnswer answer =
        service.api().readAuditLog(knowing, id, Instant.now().minusSeconds(60), Instant.now());
    // Then
    assertThat(answer).isInstanceOf(Told.class);
    assertThat(answer.toString())
        .contains("****")
        .doesNotContain(
            ApiSamples.USER_SECRET,
            ApiSamples.ORGANIZATION_SECRET,
            ApiSamples.PASSWORD,
            instance.token(),
            "canary");
  }

  /** An id that a person chose goes to a terminal and to a page of events. */
  @Test
  void boundsAndCleansItsValues() {
    // Given
    service.behaves(b -> b.auditLogReply = AuditLogReply.HOSTILE);
    // When
    AuditLogAnswer answer = ask(service.api(), renamed());
    // Then
    assertThat(answer)
        .isInstanceOfSatisfying(
            Told.class,
            told -> {
              assertThat(told.user()).startsWith("[31mmallory").hasSizeLessThanOrEqualTo(64);
              assertThat(told.address()).isEqualTo("203.0.113.7");
              assertThat(told.user() + told.address())
                  .doesNotContainPattern("[<>\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
            });
  }

  private long renamed() {
    long id = service.create();
    service.world().rename(id, "by hand");
    return id;
  }

  private AuditLogAnswer ask(InstancesApi api, long id) {
    Instant now = Instant.now();
    return api.readAuditLog(service.account(), id, now.minusSeconds(60), now);
  }

  private RateLimitedInstancesApi limited() {
    SettableClock clock = new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));
    return new RateLimitedInstancesApi(
        service.client(DEADLINE),
        new QueueSettings(16, 512, FAILURES_TO_OPEN, Duration.ofSeconds(10)),
        clock,
        clock,
        new QueueBook());
  }
}
