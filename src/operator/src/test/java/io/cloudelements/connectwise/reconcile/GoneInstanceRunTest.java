package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a reconcile does about an instance that the service no longer shows. */
class GoneInstanceRunTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final RecordedCluster cluster = new RecordedCluster();
  private final RecreationGuard guard = new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1);
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());

  /** Only a write is sure to be answered from the present. */
  @Test
  void anInstanceThatIsGoneIsProvenGoneBeforeItIsReplaced() {
    // Given
    account.loses(7);
    // When
    ReconcileResult result = run(ReadyResource.ready());
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.writes())
        .containsSubsequence("READ", "FIND", "PATCH", "status at 10", "FIND", "CREATE");
    assertThat(result.counted()).contains(new ReconcileEvent.Recreated());
    assertThat(cluster.status().instanceId()).isEqualTo(8);
  }

  /** An account that loses many instances at once has a fault, most likely. */
  @Test
  void anInstanceOfAnAccountThatLosesManyIsNotReplaced() {
    // Given
    ReconcileInput input = ReadyResource.ready();
    guard.holds(ReadyResource.desired(input).account().fingerprint(), 8, NOW);
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(result.reason()).contains(Reason.RECREATION_HELD);
    assertThat(cluster.writes()).containsExactly("READ", "FIND", "status at 10");
    assertThat(result.counted()).containsExactly(new ReconcileEvent.RecreationHeld());
  }

  /** The instance of a resource that is deleted is gone as it should be. */
  @Test
  void aDeletedInstanceHoldsNoOther() {
    // Given
    ReconcileInput input = ReadyResource.reporting(Reason.AVAILABLE).deleting().build();
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(result.reason()).contains(Reason.DELETED);
    assertThat(guard.holds(ReadyResource.desired(input).account().fingerprint(), 8, NOW))
        .as("as the only one that is gone")
        .isFalse();
  }

  /** After a restore the Secret's token is of an instance that no longer shows whose it is. */
  @Test
  void theSecretOfAGoneInstanceIsTakenUpForTheOneThatIsFound() {
    // Given
    account.has(8, "acme-helpdesk", ReadyResource.tags());
    ReconcileInputs given =
        ReadyResource.reporting(Reason.AVAILABLE).with(TokenSecretClaimTest.restored());
    // When
    ReconcileResult result = run(given.build());
    // Then
    assertThat(result.reason()).as("the next one begins with the Secret as it is then").isEmpty();
    assertThat(cluster.writes())
        .containsExactly("READ", "FIND", "READ", "replace " + ReadyResource.SECRET);
    assertThat(TokenSecretContract.isOwned(cluster.secret(), ReconcileInputs.UID)).isTrue();
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
        FleetGuards.of(guard),
        InstantSource.fixed(NOW));
  }
}
