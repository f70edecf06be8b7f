package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code schedule} cannot show, where one resource is all there is. */
class ReconciliationTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final RemoteInstance INSTANCE =
      RemoteInstances.tagged(7, "the-token", "made by hand");

  private final RecreationGuard guard = new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1);
  private final RecordedCluster cluster = new RecordedCluster();

  /** A user does not see a defect in the log, and an exception's text may hold a secret. */
  @Test
  void reportsAnExceptionAsUnknownAndRetries() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    // When
    ReconcileResult result = reconciliation().unexpected(input);
    // Then
    assertThat(result.reason()).contains(Reason.INTERNAL_ERROR);
    assertThat(result.failed()).isTrue();
    assertThat(result.requeueAfter()).isPresent();
    assertThat(cluster.status().conditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .singleElement()
        .satisfies(ready -> assertThat(ready.getStatus()).isEqualTo("Unknown"))
        .satisfies(ready -> assertThat(ready.getMessage()).contains("its log has the stack trace"));
  }

  @Test
  void retriesAfterAConflictOnReportingAnException() {
    // Given
    cluster.conflict();
    ReconcileInput input = ReconcileInputs.helpdesk().failedBefore(1).build();
    // When
    ReconcileResult result = reconciliation().unexpected(input);
    // Then
    assertThat(result.requeueAfter()).contains(Duration.ofMillis(200));
    assertThat(result.reason()).isEmpty();
  }

  @Test
  void aConflictEndsTheReconcileWithoutAnEvent() {
    // Given
    cluster.conflict();
    ReconcileInput input = ReconcileInputs.helpdesk("suspend: true").build();
    // When
    ReconcileResult result = (ReconcileResult) reconciliation().run(input);
    // Then
    assertThat(result.reason()).isEmpty();
    assertThat(cluster.events()).isEmpty();
  }

  /** The instance is there, and a namespace's deletion takes the credentials along. */
  @Test
  void aRefusedTokenSecretKeepsTheCredentialsForTheDeletion() {
    // Given
    cluster.fails(ClusterWriteFailure.WriteKind.CREATE_SECRET, 403);
    ReconcileInput input =
        ReconcileInputs.helpdesk("managementPolicy: Observe", "adoptInstanceId: 7").build();
    // When
    ReconcileResult result =
        (ReconcileResult)
            reconciliation(OneAnswer.to(InstanceCall.Read.class, () -> INSTANCE)).run(input);
    // Then
    assertThat(result.remembered().unwritten()).isPresent();
    assertThat(result.remembered().credentials()).isPresent();
  }

  @Test
  void aConflictKeepsTheCredentialsForTheDeletion() {
    // Given
    cluster.conflict();
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    // When
    ReconcileResult result = (ReconcileResult) reconciliation(refusesTheAccount()).run(input);
    // Then
    assertThat(result.reason()).isEmpty();
    assertThat(result.remembered().credentials()).isPresent();
  }

  @Test
  void reportsANewResourceAsQueued() {
    // When
    reconciliation().announceQueued(ReconcileInputs.helpdesk().build(), ACCOUNT);
    // Then
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(cluster.status().conditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .singleElement()
        .satisfies(ready -> assertThat(ready.getStatus()).isEqualTo("False"))
        .satisfies(ready -> assertThat(ready.getReason()).isEqualTo("Provisioning"))
        .satisfies(ready ->
            assertThat(ready.getMessage())
                .isEqualTo("Queued: account 5f2c0c9a1b7e is at its limit of concurrent calls."));
  }

  /** What it said last is truer than that it is queued. */
  @Test
  void doesNotReportOtherResourcesAsQueued() {
    // Given
    reconciliation().announceQueued(ReconcileInputs.helpdesk().build(), ACCOUNT);
    List<ReconcileInput> others =
        List.of(
            ReconcileInputs.helpdesk().reporting(cluster.status()).build(),
            ReconcileInputs.helpdesk().finalized().build(),
            ReconcileInputs.helpdesk().deletingWithoutFinalizer().build());
    // When
    others.forEach(input -> reconciliation().announceQueued(input, ACCOUNT));
    // Then
    assertThat(cluster.writes()).hasSize(1);
  }

  /** No POST was ever made for it, so that no search is made and nothing is waited for. */
  @Test
  void deletesAResourceWithoutItsFinalizerAtOnce() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().deletingWithoutFinalizer().build();
    // When
    ReconcileResult result = (ReconcileResult) reconciliation().run(input);
    // Then
    assertThat(result.reason()).contains(Reason.DELETED);
    assertThat(cluster.writes()).isEmpty();
  }

  /** A wrong secret fails the search before the POST, and leaves a finalizer and nothing else. */
  @Test
  void deletesAResourceWithoutAnInstanceWithoutACall() {
    // Given
    reconciliation(refusesTheAccount()).run(ReconcileInputs.helpdesk().build());
    ReconcileInput deleted =
        ReconcileInputs.helpdesk().without("acme").reporting(cluster.status()).deleting().build();
    // When
    ReconcileResult result = (ReconcileResult) reconciliation().run(deleted);
    // Then
    assertThat(result.reason()).contains(Reason.DELETED);
    assertThat(cluster.writes()).last().asString().startsWith("remove finalizer");
  }

  /** Under the finalizer an empty status means that a POST may have been made. */
  @Test
  void aLostStatusBlocksTheDeletion() {
    // Given
    reconciliation().unexpected(ReconcileInputs.helpdesk().finalized().build());
    ReconcileInput deleted =
        ReconcileInputs.helpdesk().without("acme").reporting(cluster.status()).deleting().build();
    // When
    ReconcileResult result = (ReconcileResult) reconciliation().run(deleted);
    // Then
    assertThat(result.reason()).contains(Reason.DELETION_BLOCKED);
    assertThat(cluster.writes()).noneMatch(write -> write.startsWith("remove finalizer"));
  }

  /** An instance that shows again is no part of a mass disappearance. */
  @Test
  void anExistingInstanceIsReportedToTheGuard() {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk("managementPolicy: Observe", "adoptInstanceId: 7").build();
    String account = account(input);
    guard.holds(account, 7, NOW);
    // When
    ReconcileResult result =
        (ReconcileResult)
            reconciliation(OneAnswer.to(InstanceCall.Read.class, () -> INSTANCE)).run(input);
    // Then
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(guard.holds(account, 8, NOW)).as("the only one that is gone").isFalse();
  }

  /** The instance may have been made, and its Secret may go before it. */
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void aDefectTellsTheCredentialsThatWereUsed(Class<? extends Throwable> cause) {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    InstancesApi broken =
        new InstancesApi() {
          @Override
          public <T> T call(AccountAccess access, InstanceCall<T> call) {
            if (cause.equals(StackOverflowError.class)) {
              throw new StackOverflowError();
            }
            throw new IllegalStateException("a defect");
          }
        };
    // When
    ReconcileDefect defect =
        catchThrowableOfType(ReconcileDefect.class, () -> reconciliation(broken).run(input));
    // Then
    assertThat(defect).hasCauseInstanceOf(cause);
    assertThat(defect.credentials().orElseThrow().account()).isEqualTo(desired(input).account());
  }

  /** An instance that the account shows is not gone, even if this resource may not use it. */
  @Test
  void aHoldEndsWhenTheAccountShowsTheInstance() {
    // Given
    RemoteInstance ofOtherElement =
        new RemoteInstance(
            7,
            INSTANCE.token(),
            INSTANCE.name(),
            Optional.of("hubspot"),
            INSTANCE.tags(),
            Availability.UNKNOWN,
            Map.of());
    Recorded recorded =
        Recorded.NOTHING.seen(INSTANCE, desired(ReconcileInputs.helpdesk().build()));
    StatusReport held =
        new StatusReport(
            Outcome.of(Reason.RECREATION_HELD, "Message."), recorded, List.of(), Optional.empty());
    ReconcileInput input =
        ReconcileInputs.helpdesk()
            .finalized()
            .reporting(StatusComposer.compose(Optional.empty(), 3, held, NOW))
            .build();
    assertThat(StatusReader.recorded(input.resource()).recreationHeld()).isTrue();
    // When
    ReconcileResult result =
        (ReconcileResult) reconciliation(new OneInstance(ofOtherElement)).run(input);
    // Then
    assertThat(result.reason()).contains(Reason.WRONG_ELEMENT);
    assertThat(StatusReader.recorded(Optional.of(cluster.status()), 3).recreationHeld()).isFalse();
  }

  /** A service that shows one instance by its id, and finds nothing by a tag. */
  private record OneInstance(RemoteInstance instance) implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      Object answer = call instanceof InstanceCall.Read ? instance : TagMatches.of(List.of());
      return call.answerType().cast(answer);
    }
  }

  private static String account(ReconcileInput input) {
    return desired(input).account().fingerprint();
  }

  private static DesiredInstance desired(ReconcileInput input) {
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }

  /** A service that may only be searched, and rejects the account. */
  private static OneAnswer refusesTheAccount() {
    RemoteFailure rejected = new RemoteFailure.AccountRejected(RemoteFailure.ErrorAnswer.NONE);
    return OneAnswer.to(
        InstanceCall.FindByTag.class,
        () -> {
          throw new InstancesApiException(rejected);
        });
  }

  private Reconciliation reconciliation() {
    return reconciliation(OneAnswer.toNothing());
  }

  private Reconciliation reconciliation(InstancesApi service) {
    return new Reconciliation(
        service,
        CallPermits.UNLIMITED,
        cluster,
        ReconcileInputs.SETTINGS,
        FleetGuards.of(guard),
        InstantSource.fixed(NOW));
  }
}
