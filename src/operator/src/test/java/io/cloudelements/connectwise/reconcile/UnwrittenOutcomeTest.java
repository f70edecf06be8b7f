package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a conclusion that could not be written holds. */
class UnwrittenOutcomeTest {
  /** The service has been asked all of it already. */
  @Test
  void theSameQuestionHasTheSameAnswer() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    DesiredInstance now = LeftUnwritten.desired(LeftUnwritten.known());
    // When
    Optional<Conclusion> again = left.conclusionFor(LeftUnwritten.known().build(), now);
    // Then
    assertThat(again.map(Conclusion::outcome)).contains(LeftUnwritten.outcome());
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
    UnwrittenOutcome left = LeftUnwritten.left();
    // When
    Optional<Conclusion> again =
        left.conclusionFor(LeftUnwritten.known().build(), LeftUnwritten.desired(asking(line)));
    // Then
    assertThat(again).isEmpty();
  }

  /** Its instances are others, whatever the configuration is. */
  @Test
  void anotherAccountIsAsked() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    DesiredInstance elsewhere =
        LeftUnwritten.desired(
            ReconcileInputs.helpdesk("baseUrl: " + ReconcileInputs.OTHER_BASE_URL));
    // When
    Optional<Conclusion> again = left.conclusionFor(LeftUnwritten.known().build(), elsewhere);
    // Then
    assertThat(again).isEmpty();
  }

  /** A rotated password is sent, although spec and status are the same. */
  @Test
  void anotherConfigurationIsSent() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    Map<String, String> rotated = new HashMap<>(ReconcileInputs.CREDENTIALS);
    rotated.put("password", "another");
    // When
    Optional<Conclusion> again =
        left.conclusionFor(
            LeftUnwritten.known().build(),
            LeftUnwritten.desired(LeftUnwritten.known().with("acme", rotated)));
    // Then
    assertThat(again).isEmpty();
  }

  @Test
  void aLaterGenerationIsAskedOfTheService() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    ReconcileInput later = LeftUnwritten.known().build();
    later.metadata().setGeneration(4L);
    // When
    Optional<Conclusion> again =
        left.conclusionFor(later, LeftUnwritten.desired(LeftUnwritten.known()));
    // Then
    assertThat(again).isEmpty();
  }

  /** A person who asks for a reconcile asks the service. */
  @Test
  void aRequestedReconcileIsMade() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    ReconcileInputs requested =
        LeftUnwritten.known().annotated(Annotations.RECONCILE_REQUESTED_AT, "now");
    // When
    Optional<Conclusion> again =
        left.conclusionFor(requested.build(), LeftUnwritten.desired(LeftUnwritten.known()));
    // Then
    assertThat(again).isEmpty();
  }

  /** Another replica recorded something that the conclusion does not know of. */
  @Test
  void anotherRecordIsAskedOfTheService() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    ReconcileInputs recordedElse =
        ReconcileInputs.helpdesk()
            .reporting(Resources.status(3L, 8L, "account-1", "acme-helpdesk-token"));
    // When
    Optional<Conclusion> again =
        left.conclusionFor(recordedElse.build(), LeftUnwritten.desired(LeftUnwritten.known()));
    // Then
    assertThat(again).isEmpty();
  }

  /** A status write without an answer may have been applied. */
  @Test
  void whatMayHaveBeenWrittenIsPartOfTheBasis() {
    // Given
    UnwrittenOutcome left =
        LeftUnwritten.left(
            LeftUnwritten.known(),
            LeftUnwritten.CREATE,
            LeftUnwritten.OTHER_FACTS,
            LeftUnwritten.FACTS);
    // When
    Optional<Conclusion> again =
        left.conclusionFor(
            LeftUnwritten.known().build(), LeftUnwritten.desired(LeftUnwritten.known()));
    // Then
    assertThat(again).isPresent();
  }

  /** Its events were published, and must not be published again. */
  @Test
  void aReportedOutcomeHasNoMoreEvents() {
    // Given
    UnwrittenOutcome left = LeftUnwritten.left();
    // When
    Conclusion reported = left.reported(LeftUnwritten.OTHER_FACTS).conclusion().orElseThrow();
    // Then
    assertThat(left.conclusion().orElseThrow().unreported().done()).isPresent();
    assertThat(reported.unreported()).isEqualTo(Observation.NONE);
    assertThat(reported.recorded()).isEqualTo(LeftUnwritten.OTHER_FACTS);
    assertThat(left.reported(LeftUnwritten.OTHER_FACTS).basis()).isEqualTo(left.basis());
  }

  /** A minute counts from the first failure, not from the latest. */
  @Test
  void theSameWriteFailsSinceItFailedFirst() {
    // Given
    ReconcileInputs given = LeftUnwritten.known().resuming(Optional.of(LeftUnwritten.left()));
    // When
    UnwrittenOutcome again =
        LeftUnwritten.left(given, LeftUnwritten.CREATE, LeftUnwritten.NOW.plusSeconds(30));
    // Then
    assertThat(again.refused().since()).isEqualTo(LeftUnwritten.NOW);
    assertThat(again.told()).isFalse();
  }

  /** The spec may have changed since, and with it the names. */
  @Test
  void whatALaterReconcileLeavesIsItsOwn() {
    // Given
    UnwrittenOutcome earlier =
        LeftUnwritten.left(
            LeftUnwritten.known().withToken("former", "old"),
            LeftUnwritten.CREATE,
            LeftUnwritten.FACTS);
    // When
    UnwrittenOutcome later =
        LeftUnwritten.left(
            LeftUnwritten.known().resuming(Optional.of(earlier)),
            LeftUnwritten.CREATE,
            LeftUnwritten.OTHER_FACTS);
    // Then
    assertThat(earlier.formerSecrets()).containsExactly("former");
    assertThat(later.formerSecrets()).isEmpty();
    assertThat(later.basis().possible()).containsExactly(LeftUnwritten.OTHER_FACTS);
  }

  @ParameterizedTest
  @EnumSource(names = "CREATE_SECRET", mode = EnumSource.Mode.EXCLUDE)
  void anotherWriteFailsSinceNow(WriteKind write) {
    // Given
    ReconcileInputs given = LeftUnwritten.known().resuming(Optional.of(LeftUnwritten.left()));
    Instant later = LeftUnwritten.NOW.plus(Duration.ofMinutes(5));
    // When
    UnwrittenOutcome next = LeftUnwritten.left(given, LeftUnwritten.failure(write, 503), later);
    // Then
    assertThat(next.refused().since()).isEqualTo(later);
    assertThat(next.told()).isFalse();
  }

  /** What was told once is not told anew when the API server gives no answer for a while. */
  @Test
  void aFailureThatWasToldStaysTold() {
    // Given
    ReconcileInputs given =
        LeftUnwritten.known()
            .resuming(
                Optional.of(
                    LeftUnwritten.left(
                        LeftUnwritten.known(),
                        LeftUnwritten.failure(WriteKind.CREATE_SECRET, 403),
                        LeftUnwritten.NOW)));
    // When
    UnwrittenOutcome again =
        LeftUnwritten.left(given, LeftUnwritten.CREATE, LeftUnwritten.NOW.plusSeconds(1));
    // Then
    assertThat(again.told()).isTrue();
  }

  private static ReconcileInputs asking(String line) {
    return line.startsWith("hub")
        ? ReconcileInputs.of(line + "\nname: acme-helpdesk\ncredentialsSecretRef: {name: acme}")
            .with("acme", ReconcileInputs.CREDENTIALS)
        : ReconcileInputs.helpdesk(line);
  }
}
