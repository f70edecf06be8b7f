package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a status says that the resource is reconciled again. */
class StatusDraftTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.7Z");

  private final StatusDraft draft =
      new StatusDraft(
          ReconcileInputs.helpdesk().build(), ReconcileInputs.SETTINGS, InstantSource.fixed(NOW));

  @Test
  void isWhenTheNextReconcileIsDue() {
    // Given
    Outcome outcome = Outcome.of(Reason.SECRET_NOT_FOUND, "Message.");
    Duration wait = draft.requeue(outcome).orElseThrow();
    // When
    ConnectWiseInstanceStatus status = ended(outcome);
    // Then
    assertThat(Instant.parse(status.nextCheckAt()))
        .isEqualTo(NOW.plus(wait).truncatedTo(ChronoUnit.SECONDS));
  }

  /** The next reconcile follows at once. */
  @Test
  void isNotToldWhereNothingIsWaitedFor() {
    // When
    ConnectWiseInstanceStatus status = ended(Outcome.of(Reason.UPDATING, "Message."));
    // Then
    assertThat(status.nextCheckAt()).isNull();
  }

  @Test
  void isNotToldWhileAReconcileGoesOn() {
    // Given
    Outcome outcome = Outcome.of(Reason.UNREACHABLE, "Message.");
    // When
    ConnectWiseInstanceStatus status = draft.underWay(Optional.empty(), outcome, Recorded.NOTHING);
    // Then
    assertThat(status.nextCheckAt()).isNull();
  }

  private ConnectWiseInstanceStatus ended(Outcome outcome) {
    return draft.ended(Optional.empty(), outcome, Recorded.NOTHING, List.of());
  }
}
