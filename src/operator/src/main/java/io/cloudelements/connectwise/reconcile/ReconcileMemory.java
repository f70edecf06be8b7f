package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a process remembers of its resources from one reconcile to the next. All of it may be lost
 * at any time: it saves work and helps a deletion, and no promise depends on it.
 *
 * <p>Times are those of a clock that only goes on; each method gets the present one. Not made for
 * several threads.
 */
public final class ReconcileMemory {
  private enum RequestedFullCheck {
    WAITING,
    UNDER_WAY
  }

  private final Map<ResourceId, ResourceRecord> records = new HashMap<>();
  private final Map<ResourceId, RequestedFullCheck> fullChecks = new HashMap<>();

  /** Uids of resources whose last reconcile is done, until the watch shows that they are gone. */
  private final Map<ResourceId, String> finished = new HashMap<>();

  private final KeptCredentials kept = new KeptCredentials();

  /**
   * The account object that opened what a resource worked with last; absent: its own Secrets. What
   * one opened is of no use to a resource that refers to it no more.
   */
  private final Map<ResourceId, ResourceId> openers = new HashMap<>();

  private final KnownAccounts accounts = new KnownAccounts();

  /** Credentials with which an earlier reconcile of this very resource worked. */
  public Optional<CredentialsResult.Complete> credentials(ResourceId id, String uid) {
    return record(id, uid).flatMap(ResourceRecord::credentials);
  }

  /**
   * Access to the account of that fingerprint, by what its own Secrets opened for one of these
   * resources; what an account object opens is never remembered for it.
   */
  public Optional<AccountAccess> access(String fingerprint, List<ConnectWiseInstance> resources) {
    return resources.stream()
        .filter(resource -> !openers.containsKey(SpecDefaults.id(resource)))
        .flatMap(resource ->
            credentials(SpecDefaults.id(resource), resource.getMetadata().getUid()).stream())
        .map(CredentialsResult.Complete::access)
        .filter(access -> access.account().fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * A reconcile begins.
   *
   * @param input what was read for it
   * @return the same with what is remembered; the failures in a row only as long as nothing changed
   *     since that may resolve them
   */
  public ReconcileInput resumed(ReconcileInput input, Instant now) {
    ResourceId id = input.id();
    String uid = input.ref().uid();
    fullChecks.computeIfPresent(id, (_, _) -> RequestedFullCheck.UNDER_WAY);
    ReconcileHistory history =
        record(id, uid)
            .map(record -> record.history(ObservedInputs.of(input)))
            .orElse(ReconcileHistory.NONE);
    boolean same = Optional.ofNullable(openers.get(id)).equals(input.spec().accountRef());
    return input.with(
        (same ? history : history.withoutCredentials())
            .withNextFullCheck(nextFullCheck(id, uid, now)));
  }

  /** What the last reconcile of this very resource could not write to the cluster. */
  public Optional<UnwrittenOutcome> unwritten(ResourceId id, String uid) {
    return record(id, uid).flatMap(ResourceRecord::unwritten);
  }

  /**
   * How long the next reconcile may still wait, because what would be its input is what the last
   * one saw or left behind: an event was an echo of an own write, or showed a known version.
   *
   * @return empty: it is due
   */
  public Optional<Duration> remaining(
      ResourceId id, String uid, ObservedInputs observed, Instant now) {
    return record(id, uid)
        .filter(_ -> !fullChecks.containsKey(id))
        .flatMap(record -> record.remaining(observed, now));
  }

  /** Until the next full check; empty when unknown, as after a start. */
  public Optional<Duration> nextFullCheck(ResourceId id, String uid, Instant now) {
    return fullChecks.containsKey(id)
        ? Optional.of(Duration.ZERO)
        : record(id, uid).flatMap(record -> record.nextFullCheck(now));
  }

  /**
   * Makes the next reconcile of this resource a full check, without a change in the cluster. One
   * that is under way may have asked too early.
   */
  public void requestFullCheck(ResourceId id) {
    fullChecks.put(id, RequestedFullCheck.WAITING);
  }

  /**
   * What a reconcile knows before it reads anything: of the last one what that could not write and
   * what it found fulfilled, and all of it where nothing has changed since.
   *
   * @param observed what it would read, as far as the caches know
   */
  public ReconcileInput unread(
      ConnectWiseInstance resource, Optional<ObservedInputs> observed, Instant now) {
    ResourceId id = SpecDefaults.id(resource);
    String uid = resource.getMetadata().getUid();
    ReconcileHistory history =
        record(id, uid)
            .flatMap(record -> observed.filter(record.observed()::equals).map(record::history))
            .map(known -> known.withNextFullCheck(nextFullCheck(id, uid, now)))
            .or(() -> record(id, uid).map(ResourceRecord::lasting))
            .orElse(ReconcileHistory.NONE);
    return new ReconcileInput(resource, Map.of()).with(history);
  }

  /**
   * The account of a resource, as far as a reconcile has read what opens it.
   *
   * @param secretVersion of the account's Secret or object; empty: unknown
   */
  public Optional<AccountKey> accountOf(
      ConnectWiseInstance resource, Optional<String> secretVersion) {
    return accounts.find(resource, secretVersion);
  }

  /**
   * A reconcile ended. Of one that was queued only its account is remembered: what it had to do is
   * left to the next one.
   *
   * @param left the versions that it saw, or left behind where it wrote; not asked for where it was
   *     queued, since they are told once
   */
  public void ended(
      ReconcileInput input, ReconcileEnd end, Supplier<ObservedInputs> left, Instant now) {
    switch (end) {
      case ReconcileEnd.Queued(AccountKey account) -> accounts.learn(input, account);
      case ReconcileResult result -> remember(input, result, left.get(), now);
    }
  }

  private void remember(
      ReconcileInput input, ReconcileResult result, ObservedInputs left, Instant now) {
    ResourceId id = input.id();
    String uid = input.ref().uid();
    if (result.requeueAfter().isEmpty()) {
      forget(id);
      finished.put(id, uid);
      return;
    }
    if (input.fullCheckIsDue()) {
      fullChecks.remove(id, RequestedFullCheck.UNDER_WAY);
    }
    result.remembered().credentials().ifPresent(credentials -> learn(input, credentials));
    ResourceRecord record = recordOrBlank(id, uid).after(input, result, left, now);
    records.put(id, record.withCredentials(record.credentials().map(kept::keep)));
  }

  /** A reconcile ended in a defect; the instance that a deletion has to remove may be there. */
  public void worked(ReconcileInput input, CredentialsResult.Complete credentials) {
    ResourceId id = input.id();
    ResourceRecord record = recordOrBlank(id, input.ref().uid());
    learn(input, credentials);
    records.put(id, record.withCredentials(Optional.of(kept.keep(credentials))));
  }

  private void learn(ReconcileInput input, CredentialsResult.Complete credentials) {
    accounts.learn(input, credentials.account().key());
    if (input.account() instanceof AccountSource.Open open) {
      openers.put(input.id(), open.name());
    } else {
      openers.remove(input.id());
    }
  }

  /**
   * A reconcile ended without a result: the API server failed, or the operator has a defect.
   *
   * @param error equal while the cause is
   * @return whether that is another error than last time
   */
  public boolean failed(ResourceId id, String uid, String error) {
    ResourceRecord before = recordOrBlank(id, uid);
    records.put(id, before.afterFailure(error));
    return !before.backoff().error().equals(Optional.of(error));
  }

  /** Reconciles in a row that failed, even where inputs changed since. */
  public int failures(ResourceId id, String uid) {
    return record(id, uid).map(record -> record.backoff().failures()).orElse(0);
  }

  /** The resources whose last reconcile was failed by this account or its service. */
  public List<ResourceId> awaitingService(String account) {
    return records.entrySet().stream()
        .filter(entry -> entry.getValue().awaitsServiceOf(account))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Lets the next reconcile of this resource begin at once, if the service still failed the last
   * one.
   *
   * @return whether it did
   */
  public boolean endBackoff(ResourceId id) {
    Optional<ResourceRecord> awaiting =
        Optional.ofNullable(records.get(id)).filter(record -> record.backoff().awaitsService());
    awaiting.ifPresent(record -> records.put(id, record.endBackoff()));
    return awaiting.isPresent();
  }

  /**
   * Whether the finalizer of this very resource is gone: a cache may still show it when the
   * deletion of its token Secret comes as an event.
   */
  public boolean isFinished(ResourceId id, String uid) {
    return uid.equals(finished.get(id));
  }

  /** The resource is gone. */
  public void forget(ResourceId id) {
    finished.remove(id);
    openers.remove(id);
    records.remove(id);
    fullChecks.remove(id);
  }

  private ResourceRecord recordOrBlank(ResourceId id, String uid) {
    return record(id, uid).orElseGet(() -> ResourceRecord.blank(uid));
  }

  private Optional<ResourceRecord> record(ResourceId id, String uid) {
    return Optional.ofNullable(records.get(id)).filter(record -> record.uid().equals(uid));
  }
}
