package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcileResultTest {

  /** What counts as failed makes the next reconcile wait longer, up to minutes. */
  @ParameterizedTest
  @CsvSource({
    "TIMED_OUT,        true",
    "ACCOUNT_REJECTED, true",
    "INTERNAL_ERROR,   true",
    "DELETION_BLOCKED, true",
    "DELETING,         true",
    "AWAITING_OUTCOME, true",
    "UPDATING,         false",
    "PROVISIONING,     false",
    "AVAILABLE,        false",
    "DISABLED,         false",
    "NOT_ACCEPTED,     false",
    "PLANNED,          false",
    "SUSPENDED,        false",
    "DELETED,          false",
  })
  void onlyRepeatableOutcomesCountAsFailed(Reason reason, boolean failed) {
    // Given
    ReconcileResult result = ReconcileResult.finished(reason, List.of());
    // When
    boolean counts = result.failed();
    // Then
    assertThat(counts).isEqualTo(failed);
  }

  /** The cache is behind for milliseconds as a rule; another writer may stay for long. */
  @ParameterizedTest
  @CsvSource({"0, 100", "1, 200", "3, 800", "6, 6400", "7, 6400", "99, 6400"})
  void aConflictIsRequeuedAtOnceThenWithBackoff(int failures, long millis) {
    // Given
    ReconcileResult result =
        ReconcileResult.conflict(ReconcileInputs.helpdesk().failedBefore(failures).build());
    // When
    var wait = result.requeueAfter();
    // Then
    assertThat(wait).contains(Duration.ofMillis(millis));
    assertThat(result.failed()).as("so that the next one waits longer").isTrue();
    assertThat(result.reason()).isEmpty();
  }

  @Test
  void doesNotRequeueADeletedResource() {
    // Given
    ReconcileResult result = ReconcileResult.finished(Reason.DELETED, List.of());
    // When
    var wait = result.requeueAfter();
    // Then
    assertThat(wait).isEmpty();
    assertThat(result.reason()).contains(Reason.DELETED);
  }
}
