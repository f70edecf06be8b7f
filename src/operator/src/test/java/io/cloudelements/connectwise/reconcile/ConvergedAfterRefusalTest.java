package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a converged resource says after a status that could not be written. */
class ConvergedAfterRefusalTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());

  /** Nothing is refused any more, and the next full check may be hours away. */
  @Test
  void aConvergedResourceDoesNotReportARefusalThatIsOver() {
    // Given
    Secret taken =
        ReadyResource.secret()
            .edit()
            .editMetadata()
            .editFirstOwnerReference()
            .withUid("uid-2")
            .endOwnerReference()
            .endMetadata()
            .build();
    cluster.fails(WriteKind.STATUS, 403);
    ReconcileInput unreadable =
        ReadyResource.reporting(Reason.AVAILABLE)
            .with(taken)
            .without("acme")
            .refusing(new ClusterWriteFailure(WriteKind.READ_SECRET, 403, "forbidden"))
            .build();
    ReconcileResult refused =
        run(
            unreadable.with(
                unreadable.history().withNextFullCheck(Optional.of(Duration.ofMinutes(4)))));
    cluster.heals();
    ReconcileInput again =
        ReadyResource.reporting(Reason.AVAILABLE)
            .with(ReadyResource.secret())
            .resuming(refused.remembered().unwritten())
            .build();
    // When
    ReconcileResult result =
        run(again.with(again.history().withNextFullCheck(refused.remembered().nextFullCheck())));
    // Then
    assertThat(refused.remembered().nextFullCheck()).isPresent();
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.writes()).isEmpty();
  }

  private ReconcileResult run(ReconcileInput input) {
    return (ReconcileResult)
        new Reconciliation(
                account,
                CallPermits.UNLIMITED,
                cluster,
                ReconcileInputs.SETTINGS,
                FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
                InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z")))
            .run(input);
  }
}
