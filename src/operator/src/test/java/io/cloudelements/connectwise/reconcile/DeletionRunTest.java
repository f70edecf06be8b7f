package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In which order a deletion calls and writes. */
class DeletionRunTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final RecordedCluster cluster = new RecordedCluster();
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());
  private DeletionGuard deletions = DeletionGuard.off();

  /** An old view may lack the status that holds the deletion. */
  @Test
  void aDeletionThatMayBeHeldIsMadeOnTheLatestViewOnly() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    deletions = new DeletionGuard(5, _ -> List.of());
    // When
    ReconcileResult result = run(ReadyResource.reporting(Reason.AVAILABLE).deleting().build());
    // Then
    assertThat(result.reason()).contains(Reason.DELETED);
    assertThat(cluster.writes())
        .containsSubsequence("FIND", "status at 10", "DELETE", "remove finalizer at 11");
  }

  /** Each write of thousands of deletions counts where none of them can be held. */
  @Test
  void aDeletionThatIsNeverHeldWritesNothingBefore() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    // When
    run(ReadyResource.reporting(Reason.AVAILABLE).deleting().build());
    // Then
    assertThat(cluster.writes()).containsExactly("FIND", "DELETE", "remove finalizer at 10");
  }

  /** The finalizer must not stay for a Secret that the garbage collector removes anyway. */
  @Test
  void aDeletionEndsAlthoughASecretIsRefused() {
    // Given
    cluster.forbidsToDelete(ReadyResource.SECRET);
    ReconcileInputs given =
        ReadyResource.reporting(Reason.AVAILABLE)
            .with(ReadyResource.secret())
            .withToken("former", "old");
    // When
    ReconcileResult result = run(given.deleting().build());
    // Then
    ClusterWriteFailure refused =
        new ClusterWriteFailure(
            ClusterWriteFailure.WriteKind.DELETE_SECRET, 403, ReadyResource.SECRET);
    assertThat(result.reason()).contains(Reason.DELETED);
    assertThat(result.counted()).containsExactly(new ReconcileEvent.ClusterWriteFailed(refused));
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("ClusterWriteRefused", "Deleted");
    assertThat(cluster.writes())
        .contains("delete former")
        .last()
        .isEqualTo("remove finalizer at 10");
  }

  private ReconcileResult run(ReconcileInput input) {
    return (ReconcileResult) reconciliation().run(input);
  }

  private Reconciliation reconciliation() {
    return new Reconciliation(
        account,
        CallPermits.UNLIMITED,
        cluster,
        ReconcileInputs.SETTINGS,
        new FleetGuards(
            new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1),
            new InstanceQuota(_ -> Stream.empty()),
            deletions),
        InstantSource.fixed(NOW));
  }
}
