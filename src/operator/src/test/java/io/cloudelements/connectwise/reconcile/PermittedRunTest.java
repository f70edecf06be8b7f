package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a reconcile does without a permit of its account. */
class PermittedRunTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final RecordedCluster cluster = new RecordedCluster();
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());

  /** Nothing is called or written without a permit: an event brings the resource back. */
  @Test
  void aResourceWithoutAPermitIsQueued() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    RefusedPermits permits = new RefusedPermits(() -> {});
    // When
    ReconcileEnd end = reconciliation(permits).run(input);
    // Then
    assertThat(end)
        .isEqualTo(new ReconcileEnd.Queued(ReadyResource.desired(input).account().key()));
    assertThat(permits.priorities()).containsExactly(Priority.CREATIONS);
    assertThat(cluster.writes()).isEmpty();
  }

  /** The account's other resources wait for the service too, and none of them is at fault. */
  @Test
  void aPausedAccountIsReported() {
    // Given
    ReconcileInput input = ReadyResource.ready("name: Other");
    input.metadata().setGeneration(4L);
    RefusedPermits permits = new RefusedPermits(PermittedRunTest::pause);
    // When
    ReconcileResult result = (ReconcileResult) reconciliation(permits).run(input);
    // Then
    assertThat(result.reason()).contains(Reason.HELD_BACK);
    assertThat(result.remembered().awaitsService()).isTrue();
    assertThat(result.remembered().usersChange()).isTrue();
    assertThat(result.remembered().credentials()).isPresent();
    assertThat(permits.priorities()).containsExactly(Priority.CHANGES);
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(cluster.status().instanceId()).as("what is recorded stays").isEqualTo(7);
  }

  /** A person is told what to do already, and a paused account is no news to that. */
  @Test
  void aPausedAccountLeavesAHeldDeletionAsItIsTold() {
    // Given
    ReconcileInput held = ReadyResource.reporting(Reason.DELETION_HELD).deleting().build();
    // When
    ReconcileResult result =
        (ReconcileResult) reconciliation(new RefusedPermits(PermittedRunTest::pause)).run(held);
    // Then
    assertThat(result.reason()).contains(Reason.DELETING);
    assertThat(result.requeueAfter()).isPresent();
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void aPausedAccountIsReportedOfAnyOtherDeletion() {
    // Given
    ReconcileInput deleted = ReadyResource.reporting(Reason.AVAILABLE).deleting().build();
    // When
    ReconcileResult result =
        (ReconcileResult) reconciliation(new RefusedPermits(PermittedRunTest::pause)).run(deleted);
    // Then
    assertThat(result.reason()).contains(Reason.DELETING);
    assertThat(cluster.writes()).containsExactly("status at 10");
  }

  private Reconciliation reconciliation(CallPermits permits) {
    return new Reconciliation(
        account,
        permits,
        cluster,
        ReconcileInputs.SETTINGS,
        FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
        InstantSource.fixed(NOW));
  }

  private static void pause() {
    throw new InstancesApiException(
        RemoteFailure.NotSent.until("the account is paused", Duration.ofMinutes(1)));
  }
}
