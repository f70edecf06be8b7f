package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is tried first, and said, where the API server does not take a write of the resource. */
class RefusedResourceWriteTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final RecordedCluster cluster = new RecordedCluster();
  private final ScriptedAccount account = new ScriptedAccount(cluster.writes());
  private Optional<UnwrittenOutcome> unwritten = Optional.empty();

  /** A thousand resources without that right must not read the account again and again. */
  @ParameterizedTest
  @EnumSource(names = {"ADD_FINALIZER", "STATUS"})
  void whatWasRefusedIsTriedBeforeTheServiceIsAsked(WriteKind refused) {
    // Given
    account.has(7, "acme-helpdesk", Set.of());
    cluster.fails(refused, 403);
    reconcile(adopting());
    assertThat(cluster.writes()).contains("READ");
    cluster.writes().clear();
    // When
    ReconcileResult result = reconcile(adopting());
    // Then
    assertThat(result.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.writes()).doesNotContain("READ", "FIND");
  }

  /** The finalizer comes first, as it does where nothing was refused. */
  @Test
  void aReconcileGoesOnWhenTheFinalizerIsTaken() {
    // Given
    account.has(7, "acme-helpdesk", Set.of());
    cluster.fails(WriteKind.ADD_FINALIZER, 403);
    reconcile(adopting());
    cluster.heals();
    cluster.writes().clear();
    // When
    ReconcileResult result = reconcile(adopting().reporting(cluster.status()));
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.writes()).startsWith("add finalizer at 10", "READ");
    assertThat(cluster.writes()).contains("REPLACE", "create acme-helpdesk-token");
  }

  /** A status that cannot be written cannot say so, and an event can. */
  @Test
  void aRefusedStatusIsToldByOneEvent() {
    // Given
    cluster.fails(WriteKind.STATUS, 403);
    ReconcileResult first = reconcile(ReconcileInputs.helpdesk());
    // When
    ReconcileResult second = reconcile(ReconcileInputs.helpdesk().finalized().at("11"));
    // Then
    assertThat(first.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(second.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("ClusterWriteRefused");
    assertThat(cluster.writes()).containsExactly("add finalizer at 10");
  }

  /** No view but that of this process tells that nothing was made. */
  @Test
  void aRefusedIntentIsWrittenOnTheVersionOfTheFinalizer() {
    // Given
    cluster.fails(WriteKind.STATUS, 403);
    reconcile(ReconcileInputs.helpdesk());
    cluster.heals();
    cluster.writes().clear();
    // When
    ReconcileResult result = reconcile(ReconcileInputs.helpdesk().finalized().at("11"));
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.writes())
        .as("an attempt that is known to be the first")
        .containsSubsequence("status at 11", "FIND", "CREATE");
    assertThat(cluster.status().provisioning()).isNull();
  }

  /** It may pass within seconds, and then nothing has happened. */
  @Test
  void aStatusWithoutAnAnswerIsTriedAgainSoon() {
    // Given
    cluster.fails(WriteKind.STATUS, 0);
    // When
    ReconcileResult result = reconcile(ReconcileInputs.helpdesk());
    // Then
    assertThat(result.reason()).isEmpty();
    assertThat(result.requeueAfter().orElseThrow()).isLessThan(Duration.ofSeconds(2));
    assertThat(result.failed()).isTrue();
    assertThat(result.counted())
        .containsExactly(
            new ReconcileEvent.ClusterWriteFailed(
                new ClusterWriteFailure(WriteKind.STATUS, 0, "no such writes today")));
    assertThat(cluster.events()).isEmpty();
  }

  /** Another writer may be first just then, and the person is told all the same. */
  @Test
  void aRefusalThatCannotBeReportedInTheStatusHasAnEvent() {
    // Given
    account.has(7, "renamed by hand", ReadyResource.tags());
    cluster.fails(WriteKind.UPDATE_SECRET, 403);
    cluster.conflict();
    // When
    ReconcileResult result = reconcile(ReadyResource.reporting(Reason.AVAILABLE).with(outdated()));
    // Then
    assertThat(result.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("ClusterWriteRefused");
    assertThat(unwritten.flatMap(UnwrittenOutcome::conclusion).map(Conclusion::isReported))
        .as("its own events are still to be published")
        .contains(false);
  }

  /** What was done at the service is told with the refusal, and not again when it is over. */
  @Test
  void aRefusalThatIsReportedPublishesTheOtherEvents() {
    // Given
    account.has(7, "renamed by hand", ReadyResource.tags());
    cluster.fails(WriteKind.UPDATE_SECRET, 403);
    ReconcileResult result = reconcile(ReadyResource.reporting(Reason.AVAILABLE).with(outdated()));
    cluster.heals();
    // When
    ReconcileResult healed =
        reconcile(
            ReconcileInputs.helpdesk().finalized().with(outdated()).reporting(cluster.status()));
    // Then
    assertThat(result.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(healed.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("Updated", "ClusterWriteRefused");
  }

  /** Applications find the right token, so that the instance is in use. */
  @Test
  void aRightSecretWhoseLabelsAreRefusedKeepsTheResourceReady() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    cluster.fails(WriteKind.UPDATE_SECRET, 403);
    Secret unlabelled =
        ReadyResource.secret().edit().editMetadata().withLabels(null).endMetadata().build();
    // When
    ReconcileResult result = reconcile(ReadyResource.reporting(Reason.AVAILABLE).with(unlabelled));
    // Then
    assertThat(result.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_IN_USE);
    assertThat(cluster.status().conditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .extracting(Condition::getStatus)
        .containsExactly("True");
    assertThat(cluster.status().tokenSecretRef()).isNotNull();
  }

  /** Applications are to use the new one, and only the old one is still there. */
  @Test
  void aNewSecretIsRecordedAlthoughTheFormerOneStays() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    cluster.forbidsToDelete(ReadyResource.SECRET);
    // When
    ReconcileResult result = reconcile(renamed());
    // Then
    assertThat(result.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_IN_USE);
    assertThat(cluster.status().tokenSecretRef().name()).isEqualTo("renamed");
  }

  /** A name under which nothing is must not be read by applications. */
  @Test
  void aSecretThatIsNotThereIsNotRecorded() {
    // Given
    account.has(7, "acme-helpdesk", ReadyResource.tags());
    cluster.fails(WriteKind.CREATE_SECRET, 403);
    // When
    ReconcileResult result = reconcile(renamed());
    // Then
    assertThat(result.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.status().tokenSecretRef().name()).isEqualTo(ReadyResource.SECRET);
  }

  private static ReconcileInputs renamed() {
    return ReadyResource.reporting(Reason.AVAILABLE, "tokenSecret: {name: renamed}")
        .with(ReadyResource.secret());
  }

  private static Secret outdated() {
    return ReadyResource.secret().edit().addToData("token", "b2xk").build();
  }

  private static ReconcileInputs adopting() {
    return ReconcileInputs.helpdesk("adoptInstanceId: 7");
  }

  /** The next reconcile, with what the last one left. */
  private ReconcileResult reconcile(ReconcileInputs given) {
    Reconciliation reconciliation =
        new Reconciliation(
            account,
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
            InstantSource.fixed(NOW));
    ReconcileResult result =
        (ReconcileResult) reconciliation.run(given.resuming(unwritten).build());
    unwritten = result.remembered().unwritten();
    return result;
  }
}
