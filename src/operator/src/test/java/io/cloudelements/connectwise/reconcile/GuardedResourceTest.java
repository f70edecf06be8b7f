package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.UsableInstance;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedResourceTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String TOKEN_SECRET = "acme-helpdesk-token";
  private static final Outcome AVAILABLE = Outcome.of(Reason.AVAILABLE, "Fine.");
  private static final RemoteInstance INSTANCE = RemoteInstances.bare(7, "the-token");

  private final RecordedCluster cluster = new RecordedCluster();

  /** Each write is guarded by the version that the one before it left. */
  @Test
  void eachWriteIsGuardedByTheVersionOfThePreviousOne() {
    // Given
    GuardedResource resource = resource(ReconcileInputs.helpdesk());
    // When
    resource.ensureFinalizer();
    resource.writeStatus(AVAILABLE, Recorded.NOTHING);
    resource.writeStatus(Outcome.of(Reason.UPDATING, "On."), Recorded.NOTHING);
    // Then
    assertThat(cluster.writes())
        .containsExactly("add finalizer at 10", "status at 11", "status at 12");
  }

  @Test
  void addsTheFinalizerOnceAndNotDuringADeletion() {
    // Given
    GuardedResource fresh = resource(ReconcileInputs.helpdesk());
    // When
    fresh.ensureFinalizer();
    fresh.ensureFinalizer();
    resource(ReconcileInputs.helpdesk().finalized()).ensureFinalizer();
    resource(ReconcileInputs.helpdesk().deletingWithoutFinalizer()).ensureFinalizer();
    // Then
    assertThat(cluster.writes()).containsExactly("add finalizer at 10");
  }

  /** A converged resource costs no write, or every drift check would be one. */
  @Test
  void doesNotWriteAnEqualStatus() {
    // Given
    ConnectWiseInstanceStatus status = statusOf(AVAILABLE, known(TOKEN_SECRET));
    GuardedResource resource = resource(ReconcileInputs.helpdesk().reporting(status));
    // When
    resource.end(AVAILABLE, known(TOKEN_SECRET), Observation.NONE, List.of());
    // Then
    assertThat(cluster.writes()).isEmpty();
    assertThat(cluster.events()).isEmpty();
  }

  /** An equal apply changes nothing, and is refused where the reconcile rests on an old view. */
  @Test
  void assertsItsVersionAtMostOnce() {
    // Given
    ConnectWiseInstanceStatus status = statusOf(AVAILABLE, known(TOKEN_SECRET));
    GuardedResource resource = resource(ReconcileInputs.helpdesk().reporting(status));
    // When
    resource.assertCurrent();
    resource.assertCurrent();
    // Then
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(cluster.status()).isEqualTo(status);
  }

  /** The view may be older than the first status. */
  @Test
  void assertsItsVersionByTheFinalizerWhereThereIsNoStatus() {
    // Given
    GuardedResource resource = resource(ReconcileInputs.helpdesk().finalized());
    GuardedResource unmarked = resource(ReconcileInputs.helpdesk("managementPolicy: Observe"));
    // When
    resource.assertCurrent();
    unmarked.assertCurrent();
    // Then
    assertThat(cluster.writes()).containsExactly("add finalizer at 10");
  }

  @Test
  void aWriteProvesThatTheVersionIsCurrent() {
    // Given
    ConnectWiseInstanceStatus status = statusOf(AVAILABLE, known(TOKEN_SECRET));
    GuardedResource wroteStatus = resource(ReconcileInputs.helpdesk().reporting(status));
    GuardedResource addedFinalizer = resource(ReconcileInputs.helpdesk().reporting(status));
    wroteStatus.writeStatus(Outcome.of(Reason.UPDATING, "On."), known(TOKEN_SECRET));
    addedFinalizer.ensureFinalizer();
    // When
    wroteStatus.assertCurrent();
    addedFinalizer.assertCurrent();
    // Then
    assertThat(cluster.writes()).containsExactly("status at 10", "add finalizer at 10");
  }

  @Test
  void aStaleVersionEndsTheReconcileBeforeASecretWrite() {
    // Given
    cluster.conflict();
    GuardedResource resource =
        resource(ReconcileInputs.helpdesk().reporting(statusOf(AVAILABLE, known(TOKEN_SECRET))));
    // When
    Throwable thrown = catchThrowable(() -> conclude(resource));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void createsAndRecordsTheTokenSecret() {
    // Given
    GuardedResource resource = resource(ReconcileInputs.helpdesk());
    // When
    conclude(resource);
    // Then
    assertThat(cluster.status().tokenSecretRef().name()).isEqualTo(TOKEN_SECRET);
    assertThat(cluster.writes())
        .as("nothing says ready before the token is there")
        .containsExactly("add finalizer at 10", "create " + TOKEN_SECRET, "status at 11");
    assertThat(TokenSecretContract.token(cluster.secret())).contains(SecretValue.of("the-token"));
  }

  @Test
  void doesNotWriteACorrectTokenSecret() {
    // Given
    GuardedResource resource = resource(delivered(rightSecret()));
    // When
    conclude(resource);
    // Then
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void replacesAndReportsAChangedTokenSecret() {
    // Given
    GuardedResource resource = resource(delivered(changed(rightSecret())));
    // When
    conclude(resource);
    // Then
    assertThat(cluster.writes()).containsExactly("replace " + TOKEN_SECRET);
    assertThat(cluster.events())
        .containsExactly(
            EventRecord.normal(
                "TokenSecretRepaired",
                "Secret acme-helpdesk-token was missing or changed and is written anew."));
  }

  /** The first delivery and one that follows a change are no repairs. */
  @Test
  void aDeliveryAfterAChangeIsNoRepair() {
    // Given
    GuardedResource resource = resource(delivered(changed(rightSecret())));
    Observation changed = Observation.NONE.after(new Action.Replace(7));
    // When
    resource.conclude(conclusion(changed));
    // Then
    assertThat(cluster.writes()).containsExactly("replace " + TOKEN_SECRET);
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .doesNotContain("TokenSecretRepaired");
  }

  /** Its labels are ours to set, and say nothing of who changed the data. */
  @Test
  void restoresALabelWithoutAnEvent() {
    // Given
    Secret unlabelled =
        new SecretBuilder(rightSecret()).editMetadata().withLabels(Map.of()).endMetadata().build();
    GuardedResource resource = resource(delivered(unlabelled));
    // When
    conclude(resource);
    // Then
    assertThat(cluster.writes()).containsExactly("replace " + TOKEN_SECRET);
    assertThat(cluster.events()).isEmpty();
  }

  /** The API server refuses to change an immutable Secret. */
  @Test
  void recreatesAnImmutableSecretOnlyIfItsDataDiffers() {
    // Given
    Secret stale = new SecretBuilder(changed(rightSecret())).withImmutable(true).build();
    Secret right = new SecretBuilder(rightSecret()).withImmutable(true).build();
    // When
    conclude(resource(delivered(stale)));
    conclude(resource(delivered(right)));
    // Then
    assertThat(cluster.writes())
        .containsExactly("delete " + TOKEN_SECRET, "create " + TOKEN_SECRET);
  }

  /** The new Secret is there before the former one goes. */
  @Test
  void deletesTheFormerSecretAfterARenameIfOwned() {
    // Given
    ConnectWiseInstanceStatus status = statusOf(AVAILABLE, known("former"));
    ReconcileInputs ours =
        ReconcileInputs.helpdesk().reporting(status).finalized().withToken("former", "the-token");
    ReconcileInputs theirs =
        ReconcileInputs.helpdesk().reporting(status).finalized().with("former", Map.of());
    // When
    conclude(resource(ours));
    conclude(resource(theirs));
    // Then
    assertThat(cluster.writes())
        .containsExactly(
            "status at 10",
            "create " + TOKEN_SECRET,
            "delete former",
            "status at 11",
            "status at 10",
            "create " + TOKEN_SECRET,
            "status at 13");
  }

  /** Nothing is reported of a resource that goes: its status goes with it. */
  @Test
  void removesTheFinalizerOfADeletedResource() {
    // Given
    GuardedResource resource = resource(ReconcileInputs.helpdesk().deleting());
    Outcome deleted = Outcome.of(Reason.DELETED, "Gone.");
    // When
    ReconcileResult result = resource.end(deleted, Recorded.NOTHING, Observation.NONE, List.of());
    // Then
    assertThat(cluster.writes()).containsExactly("remove finalizer at 10");
    assertThat(cluster.events()).containsExactly(EventRecord.normal("Deleted", "Gone."));
    assertThat(result.requeueAfter()).isEmpty();
  }

  @Test
  void reportsTheHandledRequestAndThePlan() {
    // Given
    GuardedResource resource =
        resource(ReconcileInputs.helpdesk().annotated(Annotations.RECONCILE_REQUESTED_AT, "now"));
    // When
    resource.end(
        Outcome.of(Reason.PLANNED, "Plan."), Recorded.NOTHING, Observation.NONE, List.of("POST"));
    // Then
    assertThat(cluster.status().lastHandledReconcileAt()).isEqualTo("now");
    assertThat(cluster.status().plan()).containsExactly("POST");
    assertThat(cluster.status().observedGeneration()).isEqualTo(3);
  }

  @Test
  void publishesEventsWithTheStatus() {
    // Given
    GuardedResource resource = resource(ReconcileInputs.helpdesk());
    // When
    resource.end(
        Outcome.of(Reason.ACCOUNT_REJECTED, "No."),
        known(TOKEN_SECRET),
        Observation.NONE,
        List.of());
    // Then
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("Adopted", "AccountRejected");
  }

  /**
   * By its own slots where the resource says how often, else in one of twelve rounds: half of that
   * at least, since a full check that has just been made is not repeated, and a slot moves by a
   * tenth.
   */
  @ParameterizedTest
  @CsvSource({"resyncInterval: 1m, PT1M", "resyncInterval: soon, PT2H", "suspend: false, PT2H"})
  void fullCheckFollowsTheResyncInterval(String line, Duration interval) {
    // Given
    GuardedResource resource = resource(ReconcileInputs.helpdesk(line));
    // When
    ReconcileResult result = resource.end(AVAILABLE, Recorded.NOTHING, Observation.NONE, List.of());
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(result.requeueAfter().orElseThrow())
        .isBetween(interval.dividedBy(2), interval.multipliedBy(17).dividedBy(10));
  }

  /** Its Secret would otherwise stand in the way of a new resource of the same name. */
  @Test
  void deletesTheSecretOfADeletedResource() {
    // Given
    Outcome deleted = Outcome.of(Reason.DELETED, "Gone.");
    GuardedResource resource =
        resource(ReconcileInputs.helpdesk().deleting().withToken(TOKEN_SECRET, "the-token"));
    // When
    resource.end(deleted, Recorded.NOTHING, Observation.NONE, List.of());
    // Then
    assertThat(cluster.writes())
        .containsExactly("delete " + TOKEN_SECRET, "remove finalizer at 10");
  }

  /** The status may be lost, and with it the former name. */
  @Test
  void deletesAFormerSecretThatNoStatusNames() {
    // Given
    GuardedResource resource = resource(delivered(rightSecret()).withToken("former", "old"));
    // When
    conclude(resource);
    // Then
    assertThat(cluster.writes()).containsExactly("delete former");
  }

  /** A person's own Secret may name the resource as its owner, to go with it. */
  @Test
  void keepsAnOwnedSecretThatWasNotGenerated() {
    // Given
    Secret theirs =
        new SecretBuilder(rightSecret())
            .editMetadata()
            .withName("notes")
            .withLabels(Map.of())
            .endMetadata()
            .withType("Opaque")
            .build();
    GuardedResource resource = resource(delivered(rightSecret()).with(theirs));
    // When
    conclude(resource);
    // Then
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void startsFromTheRecordedStatus() {
    // Given
    ConnectWiseInstanceStatus status = statusOf(AVAILABLE, known(TOKEN_SECRET));
    GuardedResource resource = resource(ReconcileInputs.helpdesk().reporting(status));
    // When
    Recorded before = resource.recordedBefore();
    // Then
    assertThat(before.instanceId()).contains(7L);
    assertThat(before.lastReason()).contains(Reason.AVAILABLE);
    assertThat(resource(ReconcileInputs.helpdesk()).recordedBefore()).isEqualTo(Recorded.NOTHING);
  }

  /** Nothing was made without an intent, and this process knows that there was none. */
  @Test
  void aRefusedIntentIsNoLostStatusAtTheSameVersion() {
    // Given
    ReconcileInputs given = ReconcileInputs.helpdesk();
    cluster.fails(ClusterWriteFailure.WriteKind.STATUS, 403);
    Optional<UnwrittenOutcome> left = refusedIntent(given).remembered().unwritten();
    // When
    Recorded sameVersion = resource(given.finalized().at("11"), left).recordedOrLost();
    Recorded laterVersion = resource(given.at("12"), left).recordedOrLost();
    Recorded inAnotherProcess = resource(given.at("11"), Optional.empty()).recordedOrLost();
    // Then
    assertThat(sameVersion).isEqualTo(Recorded.NOTHING);
    assertThat(laterVersion)
        .as("an intent may have been written")
        .isEqualTo(Recorded.lost(NOW, Optional.empty()));
    assertThat(inAnotherProcess).isEqualTo(Recorded.lost(NOW, Optional.empty()));
  }

  /** A status that was wiped under the finalizer proves nothing, whatever is refused now. */
  @Test
  void anEmptyStatusUnderTheFinalizerIsLost() {
    // Given
    ReconcileInputs given = ReconcileInputs.helpdesk().finalized();
    cluster.fails(ClusterWriteFailure.WriteKind.STATUS, 403);
    // When
    Optional<UnwrittenOutcome> left = refusedIntent(given).remembered().unwritten();
    // Then
    assertThat(resource(given, left).recordedOrLost())
        .isEqualTo(Recorded.lost(NOW, Optional.empty()));
  }

  private ReconcileResult refusedIntent(ReconcileInputs given) {
    GuardedResource resource = resource(given);
    resource.ensureFinalizer();
    try {
      resource.writeIntent(AVAILABLE, Recorded.lost(NOW, Optional.empty()));
      throw new AssertionError("the intent is refused");
    } catch (ClusterWriteException refused) {
      return resource.unwritten(refused.failure(), Optional.empty());
    }
  }

  private GuardedResource resource(ReconcileInputs given, Optional<UnwrittenOutcome> left) {
    return new GuardedResource(
        given.resuming(left).build(), cluster, ReconcileInputs.SETTINGS, InstantSource.fixed(NOW));
  }

  private GuardedResource resource(ReconcileInputs given) {
    return new GuardedResource(
        given.build(), cluster, ReconcileInputs.SETTINGS, InstantSource.fixed(NOW));
  }

  private static ReconcileResult conclude(GuardedResource resource) {
    return resource.conclude(conclusion(Observation.NONE));
  }

  private static Conclusion conclusion(Observation seen) {
    return new Conclusion(
        desired(), AVAILABLE, known(TOKEN_SECRET), seen, Optional.of(INSTANCE), false);
  }

  private static DesiredInstance desired() {
    var resolution =
        new DesiredResolver(ReconcileInputs.SETTINGS).resolve(ReconcileInputs.helpdesk().build());
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }

  /** A resource whose instance and this Secret an earlier reconcile reported. */
  private static ReconcileInputs delivered(Secret secret) {
    return ReconcileInputs.helpdesk()
        .finalized()
        .with(secret)
        .reporting(statusOf(AVAILABLE, known(TOKEN_SECRET)));
  }

  private static Secret rightSecret() {
    return ReconcileInputs.helpdesk()
        .build()
        .tokenSecret(desired(), INSTANCE.id(), INSTANCE.token())
        .orElseThrow();
  }

  private static Secret changed(Secret secret) {
    return new SecretBuilder(secret).addToData("token", "c29tZXRoaW5n").build();
  }

  private static ConnectWiseInstanceStatus statusOf(Outcome outcome, Recorded recorded) {
    RecordedCluster elsewhere = new RecordedCluster();
    new GuardedResource(
            ReconcileInputs.helpdesk().build(),
            elsewhere,
            ReconcileInputs.SETTINGS,
            InstantSource.fixed(NOW))
        .writeStatus(outcome, recorded);
    return elsewhere.status();
  }

  private static Recorded known(String tokenSecret) {
    return UsableInstance.recorded(7).withTokenSecret(tokenSecret);
  }
}
