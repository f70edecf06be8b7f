package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProgressOutcomesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  /** A deletion must be able to end without the service. */
  @Test
  void aBlockedDeletionKeepsTheCauseAndNamesRetain() {
    // Given
    Outcome cause =
        new Outcome(Reason.SECRET_NOT_FOUND, "Cause.", Optional.of("r-1"), Optional.of(NOW));
    // When
    Outcome blocked = ProgressOutcomes.deletionBlocked(cause);
    // Then
    assertThat(blocked)
        .isEqualTo(
            new Outcome(
                Reason.DELETION_BLOCKED,
                "Deletion waits. Cause. Or set spec.deletionPolicy: Retain to leave the instance at"
                    + " the service.",
                Optional.of("r-1"),
                Optional.of(NOW)));
  }

  static Stream<Arguments> records() {
    Intent intent = new Intent(2, NOW);
    return Stream.of(
        Arguments.of(
            new Action.RecordIntent(intent, true),
            false,
            Reason.PROVISIONING,
            "Creation attempt 2"),
        Arguments.of(
            new Action.RecordIntent(intent, false),
            false,
            Reason.AWAITING_OUTCOME,
            "An earlier creation"),
        Arguments.of(
            new Action.RecordIntent(intent, false), true, Reason.DELETING, "ownership tag"),
        Arguments.of(
            new Action.ForgetConfiguration(),
            false,
            Reason.UPDATING,
            "configuration is being sent"));
  }

  /** A reconcile may be killed after a record, and its status is then what people read. */
  @ParameterizedTest
  @MethodSource("records")
  void aRecordAnnouncesTheNextStep(
      Action.Record record, boolean deleting, Reason reason, String message) {
    // Given
    Action.Record made = record;
    // When
    Outcome outcome = ProgressOutcomes.announcing(made, deleting);
    // Then
    assertThat(outcome.reason()).isEqualTo(reason);
    assertThat(outcome.message()).contains(message);
  }
}
