package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order a reconcile calls and writes, and what a failure in between leaves. */
class ReconcileRunTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final RemoteFailure TIMED_OUT =
      new RemoteFailure.TimedOut(Duration.ofSeconds(30), Effect.UNKNOWN);

  private final RecordedCluster cluster = new RecordedCluster();
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());

  /** From the first call on the resource cannot go unnoticed. */
  @Test
  void aCreationIsRecordedUnderTheFinalizerBeforeItIsMade() {
    // When
    ReconcileResult result = run(ReconcileInputs.helpdesk().build());
    // Then
    assertThat(cluster.writes())
        .containsExactly(
            "add finalizer at 10",
            "status at 11",
            "FIND",
            "CREATE",
            "create " + ReadyResource.SECRET,
            "status at 12");
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(result.counted()).contains(new ReconcileEvent.FirstReady());
    assertThat(cluster.status().instanceId()).isEqualTo(7);
    assertThat(cluster.status().provisioning()).isNull();
  }

  /** What a person changed at the service is told, and that it is as it should be again. */
  @Test
  void aDriftIsNotedAndRepaired() {
    // Given
    account.has(7, "renamed by hand", ReadyResource.tags());
    // When
    ReconcileResult result = run(ReadyResource.ready());
    // Then
    assertThat(cluster.writes()).contains("PATCH");
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(result.counted())
        .containsExactly(
            new ReconcileEvent.DriftFound(DriftedField.NAME),
            new ReconcileEvent.DriftRepaired(DriftedField.NAME));
    assertThat(result.remembered().usersChange()).isFalse();
  }

  @Test
  void aDriftThatStaysIsNotToldToBeRepaired() {
    // Given
    account.has(7, "renamed by hand", ReadyResource.tags());
    account.followsNothing();
    // When
    ReconcileResult result = run(ReadyResource.ready());
    // Then
    assertThat(result.reason()).contains(Reason.NOT_ACCEPTED);
    assertThat(result.counted()).containsExactly(new ReconcileEvent.DriftFound(DriftedField.NAME));
  }

  /** A change of the spec is no drift. */
  @Test
  void aUsersChangeIsCarriedOutWithoutADrift() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    ReconcileInput input = ReadyResource.ready("name: Other");
    input.metadata().setGeneration(4L);
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(cluster.writes()).contains("PATCH");
    assertThat(result.counted()).isEmpty();
    assertThat(result.remembered().usersChange()).isTrue();
  }

  /** The same call is worth another try as soon as the account answers, or it is not. */
  @ParameterizedTest
  @CsvSource({"true, TIMED_OUT", "false, ACCESS_DENIED"})
  void onlyAFailureOfTheServiceWaitsForIt(boolean waits, Reason reason) {
    // Given
    account.fails(
        InstanceCall.Read.class,
        waits ? TIMED_OUT : new RemoteFailure.AccessDenied(RemoteFailure.ErrorAnswer.NONE));
    // When
    ReconcileResult result = run(ReadyResource.ready());
    // Then
    assertThat(result.reason()).contains(reason);
    assertThat(result.remembered().awaitsService()).isEqualTo(waits);
    assertThat(cluster.status().instanceId()).isEqualTo(7);
  }

  /** What may have been made must be searched for; what was refused was not made. */
  @ParameterizedTest
  @CsvSource({"true, TIMED_OUT", "false, ACCESS_DENIED"})
  void aFailedCreationStaysOpenUnlessItHadNoEffect(boolean open, Reason reason) {
    // Given
    account.fails(
        InstanceCall.Create.class,
        open ? TIMED_OUT : new RemoteFailure.AccessDenied(RemoteFailure.ErrorAnswer.NONE));
    // When
    ReconcileResult result = run(ReconcileInputs.helpdesk().build());
    // Then
    assertThat(result.reason()).contains(reason);
    assertThat(cluster.status().provisioning() != null).isEqualTo(open);
  }

  /** An instance that is not as asked is this resource's all the same, and must not be lost. */
  @Test
  void anInstanceIsRecordedWhoseChangeIsNotAccepted() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    account.followsNothing();
    ReconcileInput input =
        ReconcileInputs.helpdesk("name: Other")
            .finalized()
            .reporting(
                Resources.attempting(
                    ReadyResource.desired(ReadyResource.ready()).account().fingerprint()))
            .build();
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(result.reason()).contains(Reason.NOT_ACCEPTED);
    assertThat(cluster.status().instanceId()).isEqualTo(7);
    assertThat(cluster.writes()).contains("create " + ReadyResource.SECRET);
  }

  /** Secrets are masked, so that what an old view sends would never be noticed. */
  @Test
  void aConfigurationIsSentOnTheLatestViewOnly() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    cluster.conflict();
    // When
    ReconcileResult result = run(ReadyResource.notSentYet());
    // Then
    assertThat(result.reason()).as("a conflict").isEmpty();
    assertThat(cluster.writes()).contains("READ").doesNotContain("REPLACE");
  }

  @Test
  void theViewIsProvenBeforeAConfigurationIsSent() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    // When
    ReconcileResult result = run(ReadyResource.notSentYet());
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.writes()).containsSubsequence("READ", "status at 10", "REPLACE");
  }

  /** The service shows a name, so that a wrong one would be noticed. */
  @Test
  void aNameIsSentWithoutThat() {
    // Given
    account.has(7, "renamed by hand", ReadyResource.tags());
    cluster.conflict();
    // When
    run(ReadyResource.ready());
    // Then
    assertThat(cluster.writes()).contains("PATCH");
  }

  /** A person removed it, and a deletion would leave the changed instance behind. */
  @Test
  void theFinalizerIsThereBeforeAnyChange() {
    // Given
    account.has(7, "renamed by hand", ReadyResource.tags());
    ReconcileInput input = ReadyResource.ready();
    input.metadata().setFinalizers(List.of());
    // When
    run(input);
    // Then
    assertThat(cluster.writes()).startsWith("READ", "add finalizer at 10", "PATCH");
  }

  /** What a crash leaves must not say that the service has what it may not have. */
  @Test
  void aConfigurationIsForgottenBeforeAnotherIsSent() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    account.endsTheProcessAt(InstanceCall.Replace.class);
    ReconcileInput input = ReadyResource.ready("configuration: {a: b}");
    // When
    Throwable defect = catchThrowable(() -> run(input));
    // Then
    assertThat(defect).isInstanceOf(ReconcileDefect.class);
    assertThat(cluster.writes()).containsExactly("READ", "status at 10", "REPLACE");
    assertThat(cluster.status().configurationHash()).isNull();
    assertThat(cluster.status().instanceId()).isEqualTo(7);
  }

  /** A deletion only reads: what it meets on its way out is nothing to use. */
  @Test
  void aDeletionThatFailsRecordsNothingNew() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    account.fails(InstanceCall.Delete.class, TIMED_OUT);
    ReconcileInput input =
        ReconcileInputs.helpdesk()
            .reporting(
                Resources.attempting(
                    ReadyResource.desired(ReadyResource.ready()).account().fingerprint()))
            .deleting()
            .build();
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(result.reason()).contains(Reason.DELETING);
    assertThat(cluster.writes()).containsExactly("FIND", "DELETE", "status at 10");
    assertThat(cluster.status().instanceId()).isNull();
    assertThat(cluster.events()).isEmpty();
  }

  /** What is missing may be on its way, and the account's Secret is no reason to stop at once. */
  @Test
  void aMissingSecretIsWaitedFor() {
    // When
    ReconcileResult result = run(ReconcileInputs.helpdesk().without("acme").build());
    // Then
    assertThat(result.reason()).contains(Reason.WAITING_FOR_SECRET);
    assertThat(cluster.writes()).containsExactly("status at 10");
  }

  /** Without its account a Secret that is gone cannot be delivered anew. */
  @Test
  void aResourceWhoseSecretAndAccountAreGoneHasNoToken() {
    // Given
    ReconcileInput input =
        ReadyResource.reporting(Reason.AVAILABLE, "accountRef: {name: acme, namespace: accounts}")
            .build()
            .with(new AccountSource.NotReady(new ResourceId("accounts", "acme"), "Not yet."));
    // When
    run(input);
    // Then
    assertThat(cluster.status().tokenSecretRef()).isNull();
    assertThat(cluster.status().instanceId()).isEqualTo(7);
  }

  /** A repaired Secret of a ready resource asks the service nothing. */
  @Test
  void aConvergedResourceIsLeftAloneUntilItsFullCheck() {
    // Given
    ReconcileInput input = ReadyResource.ready();
    Optional<Duration> next = Optional.of(Duration.ofMinutes(4));
    // When
    ReconcileResult result = run(input.with(input.history().withNextFullCheck(next)));
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(result.remembered().nextFullCheck()).isEqualTo(next);
    assertThat(cluster.writes()).isEmpty();
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
