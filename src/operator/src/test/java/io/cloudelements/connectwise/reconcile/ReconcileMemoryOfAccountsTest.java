package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.ReconcileResult.Remembered;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is remembered of a resource's account, and of reconciles that it or its service failed. */
class ReconcileMemoryOfAccountsTest {
  private static final ResourceId ACME = new ResourceId("integrations", "acme");
  private static final String UID = "uid-1";
  private static final Secret CREDENTIALS = Resources.secret("acme-credentials", "5");
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Account ACCOUNT =
      new Account(
          ReconcileInputs.BASE_URL,
          SecretValue.of("the-user-secret"),
          SecretValue.of("the-organization-secret"));
  private static final CredentialsResult.Complete OPENED =
      new CredentialsResult.Complete(
          AccountAccess.to(ACCOUNT), new Configuration(new TreeMap<>(), Set.of()));

  private final ReconcileMemory memory = new ReconcileMemory();
  private final ReconcileInput seen =
      new ReconcileInput(Resources.acme(), Map.of("acme-credentials", CREDENTIALS));
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  /** The next reconcile is queued before anything is read. */
  @Test
  void theAccountOfAQueuedResourceIsKnown() {
    // Given
    AccountKey account = ACCOUNT.key();
    // When
    memory.ended(
        seen,
        new ReconcileEnd.Queued(account),
        () -> {
          throw new AssertionError("the versions are told once, to the reconcile that comes");
        },
        now);
    // Then
    assertThat(memory.accountOf(seen.resource(), Optional.of("5"))).contains(account);
    assertThat(memory.accountOf(seen.resource(), Optional.empty())).contains(account);
    assertThat(memory.accountOf(seen.resource(), Optional.of("6"))).as("rotated").isEmpty();
    assertThat(memory.credentials(ACME, UID)).isEmpty();
  }

  /** A deletion needs them where the resource's own Secrets are gone. */
  @Test
  void aDefectLosesNoCredentials() {
    // When
    memory.worked(seen, OPENED);
    // Then
    assertThat(memory.credentials(ACME, UID)).contains(OPENED);
    assertThat(memory.credentials(ACME, "uid-2")).as("a namesake").isEmpty();
    assertThat(memory.access(ACCOUNT.fingerprint(), List.of(seen.resource())))
        .contains(OPENED.access());
    assertThat(memory.access("another account", List.of(seen.resource()))).isEmpty();
    assertThat(memory.accountOf(seen.resource(), Optional.of("5"))).contains(ACCOUNT.key());
  }

  /** Its consent may be withdrawn at any time. */
  @Test
  void whatAnAccountObjectOpenedBeforeADefectIsNoAccessOfTheResource() {
    // When
    memory.worked(seen.with(ReconcileInputs.sharedAccount(Optional.empty(), "1")), OPENED);
    // Then
    assertThat(memory.access(ACCOUNT.fingerprint(), List.of(seen.resource()))).isEmpty();
    // When
    memory.worked(seen.with(AccountSource.OWN), OPENED);
    // Then
    assertThat(memory.access(ACCOUNT.fingerprint(), List.of(seen.resource()))).isPresent();
  }

  /** When the account answers again, those that it failed need not wait out their backoff. */
  @Test
  void aBackoffEndsOnceWhenTheServiceAnswers() {
    // Given
    failedByService();
    assertThat(memory.awaitingService(ACCOUNT.fingerprint())).containsExactly(ACME);
    assertThat(memory.awaitingService("another account")).isEmpty();
    assertThat(remaining()).contains(SOON);
    // When
    boolean ended = memory.endBackoff(ACME);
    // Then
    assertThat(ended).isTrue();
    assertThat(remaining()).isEmpty();
    assertThat(memory.failures(ACME, UID)).isEqualTo(1);
    assertThat(memory.awaitingService(ACCOUNT.fingerprint())).isEmpty();
    assertThat(memory.endBackoff(ACME)).as("once more").isFalse();
  }

  @Test
  void aBackoffOfTheResourceItselfDoesNotEnd() {
    // Given
    memory.ended(seen, result(Reason.INVALID, nothing(Optional.of(OPENED))), this::observed, now);
    // When
    boolean ended = memory.endBackoff(ACME);
    // Then
    assertThat(ended).isFalse();
    assertThat(remaining()).contains(SOON);
    assertThat(memory.endBackoff(new ResourceId("integrations", "unknown"))).isFalse();
  }

  /** What could not be written is written by the next reconcile, whatever it reads. */
  @Test
  void anUnwrittenOutcomeIsKnownBeforeAnythingIsRead() {
    // Given
    UnwrittenOutcome unwritten =
        UnwrittenOutcome.of(
            seen,
            new ClusterWriteFailure(ClusterWriteFailure.WriteKind.STATUS, 0, "timeout"),
            now,
            Optional.empty(),
            List.of(),
            Optional.empty());
    // When
    memory.ended(
        seen,
        result(Reason.SERVICE_FAILED, Remembered.ofUnwritten(Optional.of(unwritten))),
        this::observed,
        now);
    // Then
    assertThat(memory.unwritten(ACME, UID)).contains(unwritten);
    assertThat(memory.unwritten(ACME, "uid-2")).as("a namesake").isEmpty();
    assertThat(unread(Optional.empty()).history().unwritten()).contains(unwritten);
    assertThat(unread(Optional.empty()).history().failures()).isZero();
  }

  /** All that is remembered counts as long as the caches show what the last reconcile saw. */
  @Test
  void anUnchangedResourceKeepsItsHistoryBeforeAnythingIsRead() {
    // Given
    failedByService();
    // When
    ReconcileHistory known = unread(Optional.of(observed())).history();
    // Then
    assertThat(known.failures()).isEqualTo(1);
    assertThat(known.credentials()).contains(OPENED);
    assertThat(known.nextFullCheck()).contains(Duration.ZERO);
    assertThat(unread(Optional.of(ObservedInputs.NONE)).history().failures()).isZero();
    memory.forget(ACME);
    assertThat(unread(Optional.of(observed())).history()).isEqualTo(ReconcileHistory.NONE);
  }

  /** A reconcile that never opened the account leaves what the deletion needs. */
  @Test
  void aReconcileWithoutCredentialsKeepsThoseOfAnEarlierOne() {
    // Given
    failedByService();
    // When
    memory.ended(
        seen, result(Reason.SECRET_NOT_FOUND, nothing(Optional.empty())), this::observed, now);
    // Then
    assertThat(memory.credentials(ACME, UID)).contains(OPENED);
  }

  /** The memory of a process must not grow with what is gone. */
  @Test
  void aFinishedResourceLeavesNothingButThatItIsFinished() {
    // Given
    failedByService();
    // When
    memory.ended(seen, ReconcileResult.finished(Reason.DELETED, List.of()), this::observed, now);
    // Then
    assertThat(memory.isFinished(ACME, UID)).isTrue();
    assertThat(memory.credentials(ACME, UID)).isEmpty();
    assertThat(memory.awaitingService(ACCOUNT.fingerprint())).isEmpty();
  }

  @Test
  void onlyAReadyResourceHasItsSpecFulfilled() {
    // When
    memory.ended(seen, result(Reason.AVAILABLE, nothing(Optional.empty())), this::observed, now);
    // Then
    assertThat(unread(Optional.empty()).history().fulfilled())
        .contains(FulfilledSpec.of(seen.resource()));
    // When
    failedByService();
    // Then
    assertThat(unread(Optional.empty()).history().fulfilled()).isEmpty();
  }

  /** A timer that fires a little early would otherwise be set once more, for 20 ms. */
  @Test
  void aReconcileIsDueTwentyMillisecondsEarly() {
    // Given
    failedByService();
    // When
    now = now.plus(SOON).minusMillis(21);
    // Then
    assertThat(remaining()).contains(Duration.ofMillis(21));
    // When
    now = now.plusMillis(1);
    // Then
    assertThat(remaining()).isEmpty();
  }

  /** The version of the account object counts, where one opens the account. */
  @Test
  void theAccountOfAReferenceIsKnownByTheVersionOfTheObject() {
    // Given
    ReconcileInput referring =
        ReconcileInputs.withoutAccount("accountRef: {name: acme, namespace: accounts}").build();
    AccountSource opened = ReconcileInputs.sharedAccount(Optional.empty(), "7");
    AccountSource changed = ReconcileInputs.sharedAccount(Optional.empty(), "8");
    // When
    memory.worked(referring.with(opened), OPENED);
    // Then
    assertThat(memory.accountOf(referring.resource(), Optional.of(opened.version())))
        .contains(ACCOUNT.key());
    assertThat(memory.accountOf(referring.resource(), Optional.of(changed.version()))).isEmpty();
  }

  /** Secrets are made up by tenants, and the entries are of the size of a cache. */
  @Test
  void theAccountsOfTwoThousandSecretsAreKnown() {
    // Given
    memory.worked(seen, OPENED);
    for (int i = 1; i < 2_000; i++) {
      learn("other-" + i);
    }
    assertThat(memory.accountOf(resource("other-1"), Optional.empty())).isPresent();
    // When
    learn("one-more");
    // Then
    assertThat(memory.accountOf(seen.resource(), Optional.empty())).isEmpty();
    assertThat(memory.accountOf(resource("other-1"), Optional.empty())).isPresent();
  }

  private void failedByService() {
    memory.ended(
        seen,
        result(
            Reason.SERVICE_FAILED,
            new Remembered(Optional.empty(), Optional.of(OPENED), false, true, Optional.empty())),
        this::observed,
        now);
  }

  /** What a Secret of that name opens. */
  private void learn(String secret) {
    memory.worked(new ReconcileInput(resource(secret), Map.of()), OPENED);
  }

  private static ConnectWiseInstance resource(String secret) {
    return Resources.acme(acme -> acme.setSpec(Resources.spec(secret, null, null)));
  }

  private static Remembered nothing(Optional<CredentialsResult.Complete> but) {
    return new Remembered(Optional.empty(), but, false, false, Optional.empty());
  }

  private static ReconcileResult result(Reason reason, Remembered remembered) {
    return new ReconcileResult(Optional.of(reason), Optional.of(SOON), List.of(), remembered);
  }

  private ReconcileInput unread(Optional<ObservedInputs> observed) {
    return memory.unread(seen.resource(), observed, now);
  }

  private ObservedInputs observed() {
    return ObservedInputs.of(seen);
  }

  private Optional<Duration> remaining() {
    return memory.remaining(ACME, UID, observed(), now);
  }
}
