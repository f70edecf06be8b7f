package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a reconcile under {@code Plan} leaves. */
class PlannedRunTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final RemoteFailure TIMED_OUT =
      new RemoteFailure.TimedOut(Duration.ofSeconds(30), Effect.UNKNOWN);

  private final RecordedCluster cluster = new RecordedCluster();
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());

  /** A plan that cannot be made says why, and takes nothing back of what is recorded. */
  @Test
  void aPlanThatFailsLeavesWhatIsRecorded() {
    // Given
    account.fails(InstanceCall.Read.class, TIMED_OUT);
    // When
    ReconcileResult result = run(ReadyResource.ready("managementPolicy: Plan"));
    // Then
    assertThat(result.reason()).contains(Reason.TIMED_OUT);
    assertThat(result.remembered().awaitsService()).isTrue();
    assertThat(cluster.writes()).containsExactly("READ", "status at 10");
    assertThat(cluster.status().instanceId()).isEqualTo(7);
    assertThat(cluster.status().plan()).isNullOrEmpty();
  }

  /** What would be seen and made under a plan is not recorded: nothing of it has happened. */
  @Test
  void aPlanRecordsNothing() {
    // When
    ReconcileResult result = run(ReconcileInputs.helpdesk("managementPolicy: Plan").build());
    // Then
    assertThat(result.reason()).contains(Reason.PLANNED);
    assertThat(cluster.writes()).containsExactly("FIND", "status at 10");
    assertThat(cluster.status().provisioning()).isNull();
    assertThat(cluster.status().plan()).first().asString().startsWith("POST /instances");
    assertThat(cluster.events()).isEmpty();
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
        FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
        InstantSource.fixed(NOW));
  }
}
