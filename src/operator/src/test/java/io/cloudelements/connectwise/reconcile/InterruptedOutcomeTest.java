package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What outlasts a reconcile that may not read a Secret. */
class InterruptedOutcomeTest {
  /** A reconcile that may not read can conclude nothing, and must not lose what is made. */
  @Test
  void aRefusedReadKeepsWhatAnEarlierReconcileLeft() {
    // Given
    UnwrittenOutcome earlier =
        LeftUnwritten.left(
            LeftUnwritten.known().withToken("former", "old"),
            LeftUnwritten.CREATE,
            LeftUnwritten.FACTS);
    ReconcileInputs unreadable =
        LeftUnwritten.known().resuming(Optional.of(earlier)).refusing(LeftUnwritten.READ);
    // When
    UnwrittenOutcome kept =
        LeftUnwritten.left(unreadable, LeftUnwritten.READ, LeftUnwritten.OTHER_FACTS);
    // Then
    assertThat(kept.failure()).isEqualTo(LeftUnwritten.READ);
    assertThat(kept.conclusion()).isEqualTo(earlier.conclusion());
    assertThat(kept.formerSecrets()).containsExactly("former");
    assertThat(kept.withoutIntent()).contains("11");
    assertThat(kept.basis().possible())
        .containsExactlyInAnyOrder(LeftUnwritten.FACTS, LeftUnwritten.OTHER_FACTS);
    assertThat(
            kept.conclusionFor(
                LeftUnwritten.known().build(), LeftUnwritten.desired(LeftUnwritten.known())))
        .isPresent();
  }

  /** What a ready resource said holds again as soon as the read succeeds. */
  @Test
  void aRefusedReadKeepsWhatAReadyResourceSaid() {
    // When
    UnwrittenOutcome left =
        LeftUnwritten.left(
            LeftUnwritten.known().refusing(LeftUnwritten.READ),
            LeftUnwritten.READ,
            LeftUnwritten.FACTS);
    // Then
    assertThat(left.interruptedFor(LeftUnwritten.known().build()).map(Outcome::reason))
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
    UnwrittenOutcome left =
        LeftUnwritten.left(
            outdated.refusing(LeftUnwritten.READ), LeftUnwritten.READ, LeftUnwritten.FACTS);
    // Then
    assertThat(left.interrupted()).isEmpty();
  }

  @Test
  void aRefusedReadKeepsNothingOfAResourceThatIsNotReady() {
    // Given
    ReconcileInputs updating =
        ReconcileInputs.helpdesk()
            .reporting(Resources.reporting(LeftUnwritten.READY, Reason.UPDATING));
    // When
    UnwrittenOutcome left =
        LeftUnwritten.left(
            updating.refusing(LeftUnwritten.READ), LeftUnwritten.READ, LeftUnwritten.FACTS);
    // Then
    assertThat(left.interrupted()).isEmpty();
  }

  /** Where everything was read, the conclusion says all. */
  @Test
  void aRefusedWriteInterruptsNothing() {
    // When
    UnwrittenOutcome left = LeftUnwritten.left();
    // Then
    assertThat(left.interrupted()).isEmpty();
  }

  /** What was said before rests on the same basis as a conclusion does. */
  @Test
  void whatWasInterruptedEndsWithItsBasis() {
    // Given
    UnwrittenOutcome left =
        LeftUnwritten.left(
            LeftUnwritten.known().refusing(LeftUnwritten.READ),
            LeftUnwritten.READ,
            LeftUnwritten.FACTS);
    ReconcileInput later = LeftUnwritten.known().build();
    later.metadata().setGeneration(4L);
    // When
    Optional<Outcome> said = left.interruptedFor(later);
    // Then
    assertThat(said).isEmpty();
  }
}
