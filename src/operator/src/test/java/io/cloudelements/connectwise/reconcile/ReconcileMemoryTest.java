package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.ReconcileResult.Remembered;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is remembered between two reconciles, and when it no longer counts. */
class ReconcileMemoryTest {
  private static final ResourceId ACME = new ResourceId("integrations", "acme");
  private static final Secret CREDENTIALS = Resources.secret("acme-credentials", "5");

  private static final ReconcileHistory FAILED_FOUR_TIMES =
      new ReconcileHistory(
          Optional.empty(), 4, false, Optional.empty(), Optional.empty(), Optional.empty());

  private final WrittenVersions written = new WrittenVersions();
  private final FixedSecretVersions watch = new FixedSecretVersions();
  private final ReconcileMemory memory = new ReconcileMemory();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  /** An echo must not become a reconcile, which asks the service. */
  @Test
  void anEventWithoutAChangeWaitsForTheNextReconcile() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    converged(seen);
    now = now.plus(Duration.ofMinutes(4));
    // When
    Optional<Duration> remaining = remaining(seen);
    // Then
    assertThat(remaining).contains(Duration.ofMinutes(6));
  }

  /** After a start, a resource and each of its Secrets are announced one after the other. */
  @Test
  void recognisesAnUnchangedResourceFromTheCaches() {
    // Given
    watch.show("acme-credentials", "5");
    converged(input(Resources.acme(), CREDENTIALS));
    // When
    Optional<Duration> remaining = remaining(Resources.acme());
    // Then
    assertThat(remaining).contains(Duration.ofMinutes(10));
  }

  @Test
  void aChangedSecretInTheCacheIsAChange() {
    // Given
    converged(input(Resources.acme(), CREDENTIALS));
    // When
    watch.show("acme-credentials", "6");
    // Then
    assertThat(remaining(Resources.acme())).isEmpty();
  }

  @Test
  void reconcilesAtOnceWithoutAWatchOnSecrets() {
    // Given
    converged(input(Resources.acme()));
    // When
    watch.blind();
    // Then
    assertThat(remaining(Resources.acme())).isEmpty();
  }

  /** Its reconcile says what is wrong with it; the question must not fail. */
  @Test
  void aResourceWithoutSpecIsAlwaysReconciled() {
    // Given
    converged(input(Resources.acme()));
    // When
    Optional<Duration> remaining = remaining(Resources.acme(acme -> acme.setSpec(null)));
    // Then
    assertThat(remaining).isEmpty();
  }

  /** Timers must not be held back by the rule for echoes. */
  @Test
  void reconcilesWhenTheTimerIsDue() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    converged(seen);
    now = now.plus(Duration.ofMinutes(10));
    // When
    Optional<Duration> remaining = remaining(seen);
    // Then
    assertThat(remaining).isEmpty();
  }

  /** A rotated password is sent at once. */
  @Test
  void anotherVersionOfASecretIsAChange() {
    // Given
    converged(input(Resources.acme(), CREDENTIALS));
    // When
    Optional<Duration> remaining =
        remaining(input(Resources.acme(), Resources.secret("acme-credentials", "6")));
    // Then
    assertThat(remaining).isEmpty();
  }

  /** So is a Secret that went away. */
  @Test
  void aDeletedSecretIsAChange() {
    // Given
    converged(input(Resources.acme(), CREDENTIALS, Resources.secret("acme-token", "9")));
    // When
    Optional<Duration> remaining = remaining(input(Resources.acme(), CREDENTIALS));
    // Then
    assertThat(remaining).isEmpty();
  }

  /** The reconcile knows what it wrote itself: the report, and the token Secret. */
  @Test
  void ignoresTheEventsOfItsOwnWrites() {
    // Given
    converged(written(input(Resources.acme(), CREDENTIALS)));
    ReconcileInput afterwards =
        input(
            Resources.acme(r -> r.getMetadata().setResourceVersion("12")),
            CREDENTIALS,
            Resources.secret("acme-token", "11"));
    // When
    Optional<Duration> remaining = remaining(afterwards);
    // Then
    assertThat(remaining).isPresent();
  }

  /** Applications read the token Secret: who deletes it gets it back now, not in ten minutes. */
  @Test
  void aDeletedTokenSecretIsAChange() {
    // Given
    converged(written(input(Resources.acme(), CREDENTIALS)));
    ReconcileInput deleted =
        input(Resources.acme(r -> r.getMetadata().setResourceVersion("12")), CREDENTIALS);
    // When
    Optional<Duration> remaining = remaining(deleted);
    // Then
    assertThat(remaining).isEmpty();
  }

  /** A mended Secret must not wait out a backoff of minutes if the next try fails. */
  @Test
  void aChangedSecretResetsTheBackoff() {
    // Given
    ReconcileInput failing = input(Resources.acme(), CREDENTIALS).with(FAILED_FOUR_TIMES);
    passed(failing, ended(Reason.ACCOUNT_REJECTED, Duration.ofMinutes(10)));
    // When
    int failures =
        memory
            .resumed(input(Resources.acme(), Resources.secret("acme-credentials", "6")), now)
            .history()
            .failures();
    // Then
    assertThat(failures).isZero();
    assertThat(memory.resumed(failing, now).history().failures()).isEqualTo(5);
  }

  /** A retry of what a user asked for must not queue with the drift checks of an outage. */
  @Test
  void aFailedChangeStaysUnfinished() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    passed(seen, ofUsersChange(Reason.SERVICE_FAILED));
    // When
    ReconcileInput next = memory.resumed(seen, now);
    // Then
    assertThat(next.history().unfinishedChange()).isTrue();
    passed(next, ofUsersChange(Reason.AVAILABLE));
    assertThat(memory.resumed(seen, now).history().unfinishedChange()).isFalse();
  }

  @Test
  void aFailedDriftCheckIsNoChange() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    passed(seen, ended(Reason.SERVICE_FAILED, Duration.ofSeconds(2)));
    // When
    ReconcileInput next = memory.resumed(seen, now);
    // Then
    assertThat(next.history().failures()).isEqualTo(1);
    assertThat(next.history().unfinishedChange()).isFalse();
  }

  /** An API server that is down is worth one line, not one every few seconds. */
  @Test
  void reportsTheSameErrorOnce() {
    // Given
    memory.failed(ACME, "uid-1", "0 ConnectException: refused");
    // When
    boolean again = memory.failed(ACME, "uid-1", "0 ConnectException: refused");
    // Then
    assertThat(again).isFalse();
    assertThat(memory.failed(ACME, "uid-1", "403 forbidden")).isTrue();
    assertThat(memory.failures(ACME, "uid-1")).isEqualTo(3);
  }

  /** After a start it is not known when a full check is due; that must not be taken for "now". */
  @Test
  void aNewProcessKnowsNoTimeOfAFullCheck() {
    // Given: nothing was passed yet, or only a reconcile that the API server failed
    memory.failed(ACME, "uid-1", "0 ConnectException: refused");
    // When
    Optional<Duration> look = memory.nextFullCheck(ACME, "uid-1", now);
    // Then
    assertThat(look).isEmpty();
  }

  @Test
  void aFullCheckIsDueAtItsTime() {
    // Given
    converged(input(Resources.acme(), CREDENTIALS));
    now = now.plus(Duration.ofMinutes(4));
    Optional<Duration> early = memory.nextFullCheck(ACME, "uid-1", now);
    now = now.plus(Duration.ofMinutes(6));
    // When
    Optional<Duration> inTime = memory.nextFullCheck(ACME, "uid-1", now);
    // Then
    assertThat(early).contains(Duration.ofMinutes(6));
    assertThat(inTime).contains(Duration.ZERO);
  }

  /** What a listing asks for is done although nothing changed in the cluster, and done once. */
  @Test
  void aRequestedFullCheckIsMadeOnce() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    converged(seen);
    // When
    memory.requestFullCheck(ACME);
    // Then
    assertThat(remaining(seen)).isEmpty();
    assertThat(memory.nextFullCheck(ACME, "uid-1", now)).contains(Duration.ZERO);
    converged(memory.resumed(seen, now));
    assertThat(remaining(seen)).isPresent();
  }

  /** Ten thousand resources of one account would hold its secrets as often. */
  @Test
  void keepsEqualCredentialsOnce() {
    // Given
    ResourceId other = new ResourceId("integrations", "other");
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    // When
    passed(seen, opened("the-user-secret"));
    passed(named("other"), opened("the-user-secret"));
    // Then
    assertThat(memory.credentials(other, "uid-1").orElseThrow())
        .isEqualTo(opened("the-user-secret").remembered().credentials().orElseThrow())
        .isSameAs(memory.credentials(ACME, "uid-1").orElseThrow());
  }

  /** The account's owner may have suspended it, or withdrawn the consent. */
  @Test
  void whatAnAccountObjectOpenedIsOfNoUseWithoutTheReference() {
    // Given
    ReconcileInput own = input(Resources.acme(), CREDENTIALS);
    CredentialsResult.Complete opened =
        opened("the-user-secret").remembered().credentials().orElseThrow();
    AccountSource.Open account =
        new AccountSource.Open(
            new ResourceId("platform", "acme"),
            opened.account(),
            false,
            new AccountSource.InstanceLimits(Optional.empty(), Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            "");
    // When
    passed(own.with(account), opened("the-user-secret"));
    // Then
    assertThat(memory.resumed(own, now).history().credentials()).isEmpty();
    assertThat(memory.access(opened.account().fingerprint(), List.of(own.resource()))).isEmpty();
    // When
    passed(own, opened("the-user-secret"));
    // Then
    assertThat(memory.resumed(own, now).history().credentials()).isPresent();
  }

  /** A thousand small resources of one large Secret, which differ in what they send besides. */
  @Test
  void keepsNoConfigurationAndEachSecretOnce() {
    // Given
    ResourceId other = new ResourceId("integrations", "other");
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    // When
    passed(seen, sending(Map.of("a", "large", "b", "one")));
    passed(named("other"), sending(Map.of("a", "large", "b", "another")));
    // Then
    CredentialsResult.Complete one = memory.credentials(ACME, "uid-1").orElseThrow();
    CredentialsResult.Complete two = memory.credentials(other, "uid-1").orElseThrow();
    assertThat(one.configuration().entries()).isEmpty();
    assertThat(two.access().knownSecrets()).contains(SecretValue.of("another"));
    assertThat(one.account().userSecret()).isSameAs(two.account().userSecret());
    assertThat(kept(one, "large")).isSameAs(kept(two, "large"));
  }

  private static SecretValue kept(CredentialsResult.Complete credentials, String value) {
    return credentials.access().knownSecrets().stream()
        .filter(SecretValue.of(value)::equals)
        .findFirst()
        .orElseThrow();
  }

  /** As {@code CredentialsReader} makes it: every reconcile decodes the values anew. */
  private static ReconcileResult sending(Map<String, String> entries) {
    TreeMap<String, SecretValue> sent = new TreeMap<>();
    entries.forEach((key, value) -> sent.put(key, SecretValue.of(new String(value.toCharArray()))));
    Configuration configuration = new Configuration(sent, Set.of());
    ReconcileResult result = opened(new String("the-user-secret".toCharArray()));
    return result.with(
        new CredentialsResult.Complete(
            result
                .remembered()
                .credentials()
                .orElseThrow()
                .access()
                .withKnownSecrets(configuration.secrets()),
            configuration));
  }

  private static ReconcileResult opened(String userSecret) {
    Account account =
        new Account(
            URI.create("https://api.example.com"),
            SecretValue.of(userSecret),
            SecretValue.of("the-organization-secret"));
    return ended(Reason.AVAILABLE, Duration.ofMinutes(10))
        .with(
            new CredentialsResult.Complete(
                AccountAccess.to(account), new Configuration(new TreeMap<>(), Set.of())));
  }

  /** A reconcile that began before it was asked for has not made it. */
  @Test
  void aReconcileWithoutAFullCheckLeavesItDue() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    memory.requestFullCheck(ACME);
    // When
    converged(seen);
    // Then
    assertThat(memory.nextFullCheck(ACME, "uid-1", now)).contains(Duration.ZERO);
  }

  /** A failed reconcile may have changed something at the service, so that the next has to ask. */
  @Test
  void aFullCheckIsDueAfterAFailure() {
    // Given
    ReconcileInput seen = input(Resources.acme(), CREDENTIALS);
    ReconcileResult failed =
        new ReconcileResult(
            Optional.of(Reason.TIMED_OUT),
            Optional.of(Duration.ofSeconds(2)),
            List.of(),
            Remembered.NOTHING);
    // When
    passed(seen, failed);
    // Then
    assertThat(memory.nextFullCheck(ACME, "uid-1", now)).contains(Duration.ZERO);
  }

  /**
   * The finalizer's removal is answered before the watch shows it, and the deletion of the token
   * Secret is an event of its own: a reconcile over the stale view would delete and report once
   * more.
   */
  @Test
  void aDeletedResourceIsNotReconciledAgain() {
    // Given
    ReconcileInput deleted = input(Resources.acme(), CREDENTIALS);
    ReconcileResult finished = ReconcileResult.finished(Reason.DELETED, List.of());
    // When
    passed(deleted, finished);
    // Then
    assertThat(memory.isFinished(ACME, "uid-1")).isTrue();
    assertThat(memory.isFinished(ACME, "uid-2")).as("a namesake").isFalse();
    memory.forget(ACME);
    assertThat(memory.isFinished(ACME, "uid-1")).isFalse();
  }

  /** A namesake has nothing to do with it. */
  @Test
  void aRecreatedResourceStartsWithoutFailures() {
    // Given
    passed(
        input(Resources.acme(), CREDENTIALS).with(FAILED_FOUR_TIMES),
        ended(Reason.ACCOUNT_REJECTED, Duration.ofMinutes(10)));
    ReconcileInput namesake =
        input(Resources.acme(r -> r.getMetadata().setUid("uid-2")), CREDENTIALS);
    // When
    int failures = memory.resumed(namesake, now).history().failures();
    // Then
    assertThat(failures).isZero();
    assertThat(remaining(namesake)).isEmpty();
  }

  /** A listing that was made during a full check may show what that check did not see. */
  @Test
  void aFullCheckRequestedDuringAnotherIsStillDue() {
    // Given
    memory.requestFullCheck(ACME);
    ReconcileInput input = memory.resumed(input(Resources.acme(), CREDENTIALS), now);
    memory.requestFullCheck(ACME);
    // When
    converged(input);
    // Then
    assertThat(remaining(input)).isEmpty();
    assertThat(memory.nextFullCheck(ACME, "uid-1", now)).contains(Duration.ZERO);
  }

  /** A reconcile ended, and the next full one is due in ten minutes. */
  private void converged(ReconcileInput input) {
    passed(input, ended(Reason.AVAILABLE, Duration.ofMinutes(10)));
  }

  private void passed(ReconcileInput input, ReconcileResult result) {
    memory.ended(input, result, () -> written.leftBy(input), now);
  }

  private Optional<Duration> remaining(ReconcileInput input) {
    return memory.remaining(input.id(), input.ref().uid(), ObservedInputs.of(input), now);
  }

  private Optional<Duration> remaining(ConnectWiseInstance cached) {
    return ObservedInputs.inCaches(cached, watch, new AccountAuthorizer(AccountDirectory.NONE))
        .flatMap(observed -> memory.remaining(ACME, cached.getMetadata().getUid(), observed, now));
  }

  private static ReconcileInput named(String name) {
    return input(Resources.acme(acme -> acme.getMetadata().setName(name)), CREDENTIALS);
  }

  private static ReconcileResult ofUsersChange(Reason reason) {
    return new ReconcileResult(
            Optional.of(reason), Optional.of(Duration.ofSeconds(2)), List.of(), Remembered.NOTHING)
        .ofUsersChange(true);
  }

  private ReconcileInput written(ReconcileInput input) {
    Secret token = Resources.secret("acme-token", "11");
    written.secretWriteBegins(token);
    written.secretWriteEnds(token, Optional.of("11"));
    written.resourceWritten(ACME, "uid-1", "12");
    return input;
  }

  private static ReconcileResult ended(Reason reason, Duration next) {
    return new ReconcileResult(
        Optional.of(reason),
        Optional.of(next),
        List.of(),
        Remembered.ofFullCheck(Optional.of(next)));
  }

  private static ReconcileInput input(ConnectWiseInstance resource, Secret... secrets) {
    Map<String, Secret> byName =
        Arrays.stream(secrets)
            .collect(
                Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity()));
    return new ReconcileInput(resource, byName);
  }
}
