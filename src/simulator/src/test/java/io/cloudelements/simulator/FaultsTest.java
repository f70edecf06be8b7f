package io.cloudelements.simulator;

import static io.cloudelements.simulator.model.Route.GET_INSTANCES;
import static io.cloudelements.simulator.model.Route.POST_INSTANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.Delivery.Answered;
import io.cloudelements.simulator.Delivery.ConnectionLost;
import io.cloudelements.simulator.Delivery.NeverAnswers;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.TooManyRequests.RetryAfterFormat;
import io.cloudelements.simulator.fault.Fault.WrongTypes.Defect;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.model.ApiResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every outcome of a call, in memory: what the caller gets, and what is true afterwards. */
class FaultsTest extends InMemorySimulator {
  @Test
  void losesTheAnswerToACreationThatWasApplied() {
    // Given
    FaultRule rule =
        simulator.faults().on(POST_INSTANCES).nth(2).inject(new Fault.AppliedResponseLost());
    create();

    // When
    Delivery second = create();

    // Then only the second is hit, and it took effect
    assertThat(second).isInstanceOf(ConnectionLost.class);
    assertThat(platform.live()).hasSize(2);
    assertThat(create()).isInstanceOf(Answered.class);
    assertThat(rule.fired()).isEqualTo(1);
    assertThat(rule.matched()).isEqualTo(3);
  }

  @Test
  void losesTheConnectionBeforeAnythingHappens() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(new Fault.LostBeforeApplied());

    // When
    Delivery delivery = create();

    // Then
    assertThat(delivery).isInstanceOf(ConnectionLost.class);
    assertThat(platform.everCreated()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fault.AppliedLate.Seen.class)
  void appliesACreationAfterItsCallerHasFailed(Fault.AppliedLate.Seen seen) {
    // Given
    simulator
        .faults()
        .on(POST_INSTANCES)
        .inject(new Fault.AppliedLate(Duration.ofSeconds(60), seen));
    Delivery delivery = create();
    clock.advance(Duration.ofSeconds(59));
    assertThat(status(simulator.deliver(caller.get("/instances")))).isEqualTo(404);

    // When
    clock.advance(Duration.ofSeconds(1));

    // Then the next call sees it, and the journal says whose effect it was
    assertThat(status(simulator.deliver(caller.get("/instances")))).isEqualTo(200);
    assertThat(simulator.journal().call(1).effects()).hasSize(1);
    boolean fits =
        switch (seen) {
          case CONNECTION_LOST -> delivery instanceof ConnectionLost;
          case NOTHING -> delivery instanceof NeverAnswers;
          case GATEWAY_TIMEOUT -> status(delivery) == 504;
        };
    assertThat(fits).isTrue();
  }

  @Test
  void appliesPendingEffectsOnRequest() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(Fault.AppliedLate.by(Duration.ofDays(1)));
    create();

    // When
    int applied = simulator.applyPending();

    // Then
    assertThat(applied).isEqualTo(1);
    assertThat(platform.live()).hasSize(1);
    assertThat(simulator.nextDue()).isEmpty();
  }

  /** The secret was good when the request arrived, and the service works on it (contract §11). */
  @Test
  void appliesWhatIsUnderWayWhenTheSecretIsReset() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(Fault.AppliedLate.by(Duration.ofSeconds(60)));
    create();
    platform.outsideWorld().resetUserSecret(user.secret(), "fresh");

    // When
    simulator.applyPending();

    // Then
    assertThat(platform.live()).hasSize(1);
    assertThat(status(list())).isEqualTo(401);
  }

  @Test
  void dropsWhatIsUnderWayWhenTheUserIsRevoked() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(Fault.AppliedLate.by(Duration.ofSeconds(60)));
    create();
    platform.outsideWorld().revokeUser(user.secret());

    // When
    simulator.applyPending();

    // Then
    assertThat(platform.everCreated()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,1", "false,0"})
  void hangsWithOrWithoutEffect(boolean applied, int live) {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(new Fault.Hang(applied));

    // When
    Delivery delivery = create();

    // Then
    assertThat(delivery).isInstanceOf(NeverAnswers.class);
    assertThat(platform.live()).hasSize(live);
  }

  @Test
  void answersAnyStatusWithOrWithoutEffect() {
    // Given
    simulator.faults().on(POST_INSTANCES).nth(1).inject(Fault.Status.of(503));
    simulator.faults().on(POST_INSTANCES).nth(2).inject(Fault.Status.applied(500));

    // When
    List<Integer> statuses = List.of(status(create()), status(create()), status(create()));

    // Then
    assertThat(statuses).containsExactly(503, 500, 200);
    assertThat(platform.live()).hasSize(2);
  }

  @Test
  void createsTwoForOneCall() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(new Fault.AppliedTwice());

    // When
    create();

    // Then
    assertThat(platform.liveTagged("acme")).hasSize(2);
    assertThat(simulator.journal().call(1).effects()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "NONE;",
        "SECONDS;30",
        "HTTP_DATE;Tue, 24 Nov 2026 08:00:30 GMT",
      },
      delimiter = ';')
  void sendsRetryAfter(RetryAfterFormat form, String expected) {
    // Given
    simulator
        .faults()
        .on(POST_INSTANCES)
        .inject(new Fault.TooManyRequests(form, Duration.ofSeconds(30)));

    // When
    ApiResponse response = response(create());

    // Then
    assertThat(response.status()).isEqualTo(429);
    assertThat(response.header("Retry-After").orElse(null)).isEqualTo(expected);
    assertThat(platform.live()).isEmpty();
  }

  @Test
  void answersWithHtmlOrARedirect() {
    // Given
    simulator.faults().on(GET_INSTANCES).nth(1).inject(new Fault.Html(404, false));
    simulator.faults().on(GET_INSTANCES).nth(2).inject(new Fault.Redirect("https://login/"));

    // When
    ApiResponse html = response(list());
    ApiResponse redirect = response(list());

    // Then a 404 that is not the platform's
    assertThat(html.status()).isEqualTo(404);
    assertThat(html.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location")).contains("https://login/");
  }

  @Test
  void truncatesOrEnlargesTheBody() {
    // Given
    simulator.faults().on(POST_INSTANCES).nth(1).inject(new Fault.TruncatedBody(20));
    simulator.faults().on(POST_INSTANCES).nth(2).inject(new Fault.BodyBreaksOff(20));
    simulator.faults().on(POST_INSTANCES).nth(3).inject(new Fault.OversizedBody(2 << 20));

    // When
    Delivery truncated = create();
    Delivery broken = create();
    Delivery oversized = create();

    // Then each took effect
    assertThat(response(truncated).body()).hasSize(20);
    assertThat(((ConnectionLost) broken).begun().orElseThrow().body()).hasSize(20);
    assertThat(response(oversized).body().length()).isGreaterThan(2 << 20);
    assertThat(platform.live()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Defect.class)
  void answersJsonThatBreaksTheContract(Defect defect) {
    // Given
    String right = response(create()).body();
    simulator.faults().on(POST_INSTANCES).inject(new Fault.WrongTypes(defect));

    // When
    String wrong = response(create()).body();

    // Then
    String expected =
        switch (defect) {
          case ID_IS_TEXT -> "\"id\":\"1235\"";
          case ID_IS_WORDS -> "\"id\":\"one two three\"";
          case TOKEN_NULL -> "\"token\":null";
          case TAGS_NUMBER -> "\"tags\":7";
          case CONFIGURATION_ARRAY -> "\"configuration\":[]";
          case ELEMENT_TEXT -> "\"element\":\"connectwisehd\"";
          case BODY_IS_TEXT -> "\"OK\"";
          case ID_ABSENT, TOKEN_ABSENT, BODY_EMPTY -> "";
        };
    assertThat(wrong).contains(expected);
    assertThat(right).contains("\"id\":1234").contains("\"token\":\"");
    if (defect == Defect.ID_ABSENT) {
      assertThat(wrong).doesNotContain("\"id\":1235");
    }
    if (defect == Defect.TOKEN_ABSENT) {
      assertThat(wrong).doesNotContain("\"token\"");
    }
    if (defect == Defect.BODY_EMPTY) {
      assertThat(wrong).isEmpty();
    }
  }
}
