package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a conclusion that could not be written holds. */
class UnwrittenOutcomeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ClusterWriteFailure CREATE = failure(WriteKind.CREATE_SECRET, 503);
  private static final ClusterWriteFailure READ = failure(WriteKind.READ_SECRET, 403);
  private static final ConnectWiseInstanceStatus READY =
      Resources.status(3L, 7L, "account-1", "acme-helpdesk-token");
  private static final Recorded FACTS =
      StatusReader.recorded(Optional.of(READY), 3).withReason(Optional.empty());
  private static final Recorded OTHER_FACTS =
      StatusReader.recorded(Optional.of(Resources.status(3L, 8L, "account-1", "other")), 3)
          .withReason(Optional.empty());

  /** The service has been asked all of it already. */
  @Test
  void theSameQuestionHasTheSameAnswer() {
    // Given
    UnwrittenOutcome left = left();
    DesiredInstance now = desired(known());
    // When
    Optional<Conclusion> again = left.conclusionFor(known().build(), now);
    // Then
    assertThat(again.map(Conclusion::outcome)).contains(outcome());
    assertThat(again.orElseThrow().desired()).as("with its configuration").isEqualTo(now);
  }

  /** A conclusion about something else says nothing about what is wanted now. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub: crm",
        "name: Other",
        "tags: [blue]",
        "enabled: true",
        "managementPolicy: Observe",
        "deletionPolicy: Retain",
        "configuration: {a: b}"
      })
  void anotherQuestionIsAskedOfTheService(String line) {
    // Given
    UnwrittenOutcome left = left();
    // When
    Optional<Conclusion> again = left.conclusionFor(known().build(), desired(asking(line)));
    // Then
    assertThat(again).isEmpty();
  }

  /** Its instances are others, whatever the configuration is. */
  @Test
  void anotherAccountIsAsked() {
    // Given
    UnwrittenOutcome left = left();
    DesiredInstance elsewhere =
        desired(ReconcileInputs.helpdesk("baseUrl: " + ReconcileInputs.OTHER_BASE_URL));
    // When
    Optional<Conclusion> again = left.conclusionFor(known().build(), elsewhere);
    // Then
    assertThat(again).isEmpty();
  }

  /** A rotated password is sent, although spec and status are the same. */
  @Test
  void anotherConfigurationIsSent() {
    // Given
    UnwrittenOutcome left = left();
    Map<String, String> rotated = new HashMap<>(ReconcileInputs.CREDENTIALS);
    rotated.put("password", "another");
    // When
    Optional<Conclusion> again =
        left.conclusionFor(known().build(), desired(known().with("acme", rotated)));
    // Then
    assertThat(again).isEmpty();
  }

  @Test
  void aLaterGenerationIsAskedOfTheService() {
    // Given
    UnwrittenOutcome left = left();
    ReconcileInput later = known().build();
    later.metadata().setGeneration(4L);
    // When
    Optional<Conclusion> again = left.conclusionFor(later, desired(known()));
    // Then
    assertThat(again).isEmpty();
  }

  /** A person who asks for a reconcile asks the service. */
  @Test
  void aRequestedReconcileIsMade() {
    // Given
    UnwrittenOutcome left = left();
    ReconcileInputs requested = known().annotated(Annotations.RECONCILE_REQUESTED_AT, "now");
    // When
    Optional<Conclusion> again = left.conclusionFor(requested.build(), desired(known()));
    // Then
    assertThat(again).isEmpty();
  }

  /** Another replica recorded something that the conclusion does not know of. */
  @Test
  void anotherRecordIsAskedOfTheService() {
    // Given
    UnwrittenOutcome left = left();
    ReconcileInputs recordedElse =
        ReconcileInputs.helpdesk()
            .reporting(Resources.status(3L, 8L, "account-1", "acme-helpdesk-token"));
    // When
    Optional<Conclusion> again = left.conclusionFor(recordedElse.build(), desired(known()));
    // Then
    assertThat(again).isEmpty();
  }

  /** A status write without an answer may have been applied. */
  @Test
  void whatMayHaveBeenWrittenIsPartOfTheBasis() {
    // Given
    UnwrittenOutcome left = left(known(), CREATE, OTHER_FACTS, FACTS);
    // When
    Optional<Conclusion> again = left.conclusionFor(known().build(), desired(known()));
    // Then
    assertThat(again).isPresent();
  }

  /** Its events were published, and must not be published again. */
  @Test
  void aReportedOutcomeHasNoMoreEvents() {
    // Given
    UnwrittenOutcome left = left();
    // When
    Conclusion reported = left.reported(OTHER_FACTS).conclusion().orElseThrow();
    // Then
    assertThat(left.conclusion().orElseThrow().unreported().done()).isPresent();
    assertThat(reported.unreported()).isEqualTo(Observation.NONE);
    assertThat(reported.recorded()).isEqualTo(OTHER_FACTS);
    assertThat(left.reported(OTHER_FACTS).basis()).isEqualTo(left.basis());
  }

  /** A minute counts from the first failure, not from the latest. */
  @Test
  void theSameWriteFailsSinceItFailedFirst() {
    // Given
    ReconcileInputs given = known().resuming(Optional.of(left()));
    // When
    UnwrittenOutcome again = left(given, CREATE, NOW.plusSeconds(30));
    // Then
    assertThat(again.refused().since()).isEqualTo(NOW);
    assertThat(again.told()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = "CREATE_SECRET", mode = EnumSource.Mode.EXCLUDE)
  void anotherWriteFailsSinceNow(WriteKind write) {
    // Given
    ReconcileInputs given = known().resuming(Optional.of(left()));
    Instant later = NOW.plus(Duration.ofMinutes(5));
    // When
    UnwrittenOutcome next = left(given, failure(write, 503), later);
    // Then
    assertThat(next.refused().since()).isEqualTo(later);
    assertThat(next.told()).isFalse();
  }

  /** What was told once is not told anew when the API server gives no answer for a while. */
  @Test
  void aFailureThatWasToldStaysTold() {
    // Given
    ReconcileInputs given =
        known().resuming(Optional.of(left(known(), failure(WriteKind.CREATE_SECRET, 403), NOW)));
    // When
    UnwrittenOutcome again = left(given, CREATE, NOW.plusSeconds(1));
    // Then
    assertThat(again.told()).isTrue();
  }

  /** A reconcile that may not read can conclude nothing, and must not lose what is made. */
  @Test
  void aRefusedReadKeepsWhatAnEarlierReconcileLeft() {
    // Given
    UnwrittenOutcome earlier = left(known().withToken("former", "old"), CREATE, FACTS);
    ReconcileInputs unreadable = known().resuming(Optional.of(earlier)).refusing(READ);
    // When
    UnwrittenOutcome kept = left(unreadable, READ, OTHER_FACTS);
    // Then
    assertThat(kept.failure()).isEqualTo(READ);
    assertThat(kept.conclusion()).isEqualTo(earlier.conclusion());
    assertThat(kept.formerSecrets()).containsExactly("former");
    assertThat(kept.withoutIntent()).contains("11");
    assertThat(kept.basis().possible()).containsExactlyInAnyOrder(FACTS, OTHER_FACTS);
    assertThat(kept.conclusionFor(known().build(), desired(known()))).isPresent();
  }

  /** What a ready resource said holds again as soon as the read succeeds. */
  @Test
  void aRefusedReadKeepsWhatAReadyResourceSaid() {
    // When
    UnwrittenOutcome left = left(known().refusing(READ), READ, FACTS);
    // Then
    assertThat(left.interruptedFor(known().build()).map(Outcome::reason))
        .contains(Reason.AVAILABLE);
  }

  /** Another generation asks for something that the ready status says nothing of. */
  @Test
  void aRefusedReadKeepsNothingOfAnEarlierGeneration() {
    // Given
    ReconcileInputs outdated =
        ReconcileInputs.helpdesk()
            .reporting(Resources.status(2L, 7L, "account-1", "acme-helpdesk-token"));
    // When
    UnwrittenOutcome left = left(outdated.refusing(READ), READ, FACTS);
    // Then
    assertThat(left.interrupted()).isEmpty();
  }

  @Test
  void aRefusedReadKeepsNothingOfAResourceThatIsNotReady() {
    // Given
    ReconcileInputs updating =
        ReconcileInputs.helpdesk().reporting(Resources.reporting(READY, Reason.UPDATING));
    // When
    UnwrittenOutcome left = left(updating.refusing(READ), READ, FACTS);
    // Then
    assertThat(left.interrupted()).isEmpty();
  }

  /** Where everything was read, the conclusion says all. */
  @Test
  void aRefusedWriteInterruptsNothing() {
    // When
    UnwrittenOutcome left = left();
    // Then
    assertThat(left.interrupted()).isEmpty();
  }

  /** What was said before rests on the same basis as a conclusion does. */
  @Test
  void whatWasInterruptedEndsWithItsBasis() {
    // Given
    UnwrittenOutcome left = left(known().refusing(READ), READ, FACTS);
    ReconcileInput later = known().build();
    later.metadata().setGeneration(4L);
    // When
    Optional<Outcome> said = left.interruptedFor(later);
    // Then
    assertThat(said).isEmpty();
  }

  private static UnwrittenOutcome left() {
    return left(known(), CREATE, FACTS);
  }

  private static UnwrittenOutcome left(
      ReconcileInputs given, ClusterWriteFailure failure, Recorded... possible) {
    return left(given, failure, NOW, possible);
  }

  private static UnwrittenOutcome left(
      ReconcileInputs given, ClusterWriteFailure failure, Instant now, Recorded... possible) {
    Conclusion conclusion =
        new Conclusion(
            desired(known()),
            outcome(),
            FACTS,
            Observation.NONE.after(new Action.Replace(7)),
            Optional.of(RemoteInstances.bare(7, "the-token")),
            false);
    return UnwrittenOutcome.of(
        given.build(), failure, now, Optional.of(conclusion), List.of(possible), Optional.of("11"));
  }

  private static Outcome outcome() {
    return Outcome.of(Reason.AVAILABLE, "Fine.");
  }

  private static ReconcileInputs known() {
    return ReconcileInputs.helpdesk().reporting(READY);
  }

  private static ReconcileInputs asking(String line) {
    return line.startsWith("hub")
        ? ReconcileInputs.of(line + "\nname: acme-helpdesk\ncredentialsSecretRef: {name: acme}")
            .with("acme", ReconcileInputs.CREDENTIALS)
        : ReconcileInputs.helpdesk(line);
  }

  private static ClusterWriteFailure failure(WriteKind write, int code) {
    return new ClusterWriteFailure(write, code, "not today");
  }

  private static DesiredInstance desired(ReconcileInputs given) {
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(given.build());
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }
}
