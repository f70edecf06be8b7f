package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a resource says when the API server does not show the operator one of its Secrets. */
class RefusedReadTest {
  private static final String WORDS = "secrets \"acme\" is forbidden: cannot get resource";
  private static final ClusterWriteFailure REFUSED =
      new ClusterWriteFailure(WriteKind.READ_SECRET, 403, WORDS);
  private static final RemoteInstance INSTANCE =
      new RemoteInstance(
          7,
          SecretValue.of("the-token"),
          Optional.empty(),
          Optional.empty(),
          Optional.of(Set.of("made by hand")),
          Availability.UNKNOWN,
          Map.of());

  private final RecordedCluster cluster = new RecordedCluster();
  private final OneAnswer service = OneAnswer.to(InstanceCall.Read.class, () -> INSTANCE);
  private Optional<UnwrittenOutcome> unwritten = Optional.empty();

  @Test
  void isToldOnceInTheServersWords() {
    // When
    ReconcileResult first = reconcile(created().refusing(REFUSED));
    reconcile(created().refusing(REFUSED).reporting(cluster.status()));
    // Then
    assertThat(first.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(first.requeueAfter()).isPresent();
    assertThat(condition("Ready").getMessage())
        .contains("A Secret cannot be read: 403 " + WORDS, "the read is repeated by itself");
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("ClusterWriteRefused");
    assertThat(service.calls()).isEmpty();
  }

  /** The instance works as before, since nothing was said about it. */
  @Test
  void leavesAReadyResourceReady() {
    // Given
    reconcile(observed());
    ConnectWiseInstanceStatus ready = cluster.status();
    service.calls().clear();
    // When
    ReconcileResult refused =
        reconcile(observed().without("acme").refusing(REFUSED).reporting(ready));
    // Then
    assertThat(refused.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_IN_USE);
    assertThat(condition("Ready").getStatus()).isEqualTo("True");
    assertThat(condition("Synced").getReason()).isEqualTo("ClusterWriteRefused");
    assertThat(service.calls()).isEmpty();
  }

  @Test
  void blocksADeletion() {
    // Given
    reconcile(observed());
    ConnectWiseInstanceStatus ready = cluster.status();
    ReconcileInputs managed = ReconcileInputs.helpdesk().without("acme").deleting();
    service.calls().clear();
    // When
    ReconcileResult refused = reconcile(managed.refusing(REFUSED).reporting(ready));
    // Then
    assertThat(refused.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_AT_DELETION);
    assertThat(condition("Synced").getMessage()).contains(WORDS);
    assertThat(service.calls()).isEmpty();
  }

  /** Nothing else may hold up the way out of a deletion that is blocked. */
  @Test
  void letsAResourceGoWhoseInstanceIsKept() {
    // When
    ReconcileResult result =
        reconcile(
            ReconcileInputs.helpdesk("deletionPolicy: Retain")
                .without("acme")
                .deleting()
                .refusing(REFUSED));
    // Then
    assertThat(result.reason()).contains(Reason.RETAINED);
    assertThat(cluster.writes()).last().asString().startsWith("remove finalizer");
  }

  /** What was made at the service is paid for, and its token still to be delivered. */
  @Test
  void keepsWhatAnEarlierReconcileCouldNotWrite() {
    // Given
    cluster.fails(WriteKind.CREATE_SECRET, 403);
    reconcile(observed());
    cluster.heals();
    reconcile(observed().without("acme").refusing(REFUSED).reporting(cluster.status()));
    assertThat(service.calls()).hasSize(1);
    // When
    ReconcileResult healed = reconcile(observed().reporting(cluster.status()));
    // Then
    assertThat(healed.reason()).contains(Reason.AVAILABLE);
    assertThat(service.calls()).hasSize(1);
  }

  /** A status that was lost must not read as one that shows that nothing was made. */
  @Test
  void keepsACreationOpenWhoseStatusWasLost() {
    // When
    reconcile(ReconcileInputs.helpdesk().without("acme").finalized().refusing(REFUSED));
    // Then
    assertThat(cluster.status().provisioning()).isNotNull();
  }

  private Condition condition(String type) {
    return cluster.status().conditions().stream()
        .filter(found -> found.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static ReconcileInputs created() {
    return ReconcileInputs.helpdesk().without("acme");
  }

  private static ReconcileInputs observed() {
    return ReconcileInputs.helpdesk("managementPolicy: Observe", "adoptInstanceId: 7");
  }

  /** The next reconcile, with what the last one left. */
  private ReconcileResult reconcile(ReconcileInputs given) {
    Reconciliation reconciliation =
        new Reconciliation(
            service,
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
            InstantSource.system());
    ReconcileResult result =
        (ReconcileResult) reconciliation.run(given.resuming(unwritten).build());
    unwritten = result.remembered().unwritten();
    return result;
  }
}
