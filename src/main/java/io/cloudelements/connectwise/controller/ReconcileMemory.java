package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What this process remembers of a resource from one pass to the next. All of it may be lost at any
 * time: it saves work and helps a deletion, and nothing that is safe depends on it.
 */
public final class ReconcileMemory {
  /** Timers count whole milliseconds, and one that fires a little early is still due. */
  private static final Duration EARLY = Duration.ofMillis(20);

  /**
   * @param unfinishedChange whether a failed pass was to do what somebody asked for
   * @param due when the next pass is, on the clock of {@link System#nanoTime}; empty: at once
   * @param look when the service is to be asked next, on that clock; empty: nobody knows
   * @param awaitsService whether the account or the service failed the last pass
   * @param trouble the failure of the API server that was logged last
   * @param unwritten what the last pass could not write
   */
  private record ResourceRecord(
      String uid,
      ObservedInputs seen,
      int failures,
      boolean unfinishedChange,
      Optional<CredentialsResult.Complete> credentials,
      Optional<Long> due,
      Optional<Long> look,
      boolean awaitsService,
      Optional<ApiServerFailure> trouble,
      Optional<UnwrittenOutcome> unwritten) {

    private ResourceRecord atOnce() {
      return new ResourceRecord(
          uid,
          seen,
          failures,
          unfinishedChange,
          credentials,
          Optional.empty(),
          look,
          false,
          trouble,
          unwritten);
    }
  }

  private final Map<ResourceId, ResourceRecord> entries = new ConcurrentHashMap<>();
  private final KeptCredentials kept = new KeptCredentials();
  private final Set<ResourceId> fullChecks = ConcurrentHashMap.newKeySet();

  /** Uids of resources whose last pass is done, until the watch shows that they are gone. */
  private final Map<ResourceId, String> finished = new ConcurrentHashMap<>();

  private final RecentWrites recentWrites;
  private final SecretVersions secretVersions;
  private final LongSupplier nanoTime;

  /**
   * @param secretEvents also show which Secrets there are
   */
  public ReconcileMemory(
      RecentWrites recentWrites, SecretEvents secretEvents, LongSupplier nanoTime) {
    this(recentWrites, (SecretVersions) secretEvents, nanoTime);
  }

  ReconcileMemory(RecentWrites recentWrites, SecretVersions secretVersions, LongSupplier nanoTime) {
    this.recentWrites = recentWrites;
    this.secretVersions = secretVersions;
    this.nanoTime = nanoTime;
  }

  /** Credentials with which an earlier pass over this very resource worked. */
  Optional<CredentialsResult.Complete> credentials(ResourceId id, String uid) {
    return entry(id, uid).flatMap(ResourceRecord::credentials);
  }

  /** The account of that fingerprint, by what opened it for one of these resources. */
  Optional<Account> account(String fingerprint, List<ConnectWiseInstance> resources) {
    return resources.stream()
        .flatMap(resource ->
            credentials(SpecDefaults.id(resource), resource.getMetadata().getUid()).stream())
        .map(CredentialsResult.Complete::account)
        .filter(account -> account.fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * The snapshot with what is left of earlier passes: failures in a row, as far as nobody changed
   * anything since that may heal them.
   */
  ReconcileInput resumed(ResourceId id, ReconcileInput input) {
    return entry(id, uid(input))
        .filter(entry -> entry.seen().hasSameInput(ObservedInputs.of(input)))
        .map(entry -> input.after(entry.failures(), entry.unfinishedChange()))
        .orElseGet(() -> input.after(0, false));
  }

  /** What the last pass over this very resource could not write to the cluster. */
  Optional<UnwrittenOutcome> unwritten(ResourceId id, String uid) {
    return entry(id, uid).flatMap(ResourceRecord::unwritten);
  }

  /**
   * How long the next pass has still to wait, when an event brought no news: it was an echo of our
   * own write, or told of what the last pass had already seen.
   */
  Optional<Duration> remaining(ResourceId id, ReconcileInput input) {
    return remaining(id, uid(input), () -> ObservedInputs.of(input));
  }

  /** The same as far as the caches know, for nothing: most events after a start bring no news. */
  Optional<Duration> remaining(ResourceId id, ConnectWiseInstance cached) {
    return secretVersions.isSynced() && !PrimaryCache.refersToNone(cached)
        ? remaining(id, cached.getMetadata().getUid(), () -> inCaches(cached))
        : Optional.empty();
  }

  private Optional<Duration> remaining(ResourceId id, String uid, Supplier<ObservedInputs> now) {
    return entry(id, uid)
        .filter(_ -> !fullChecks.contains(id))
        .filter(entry -> entry.seen().equals(now.get()))
        .flatMap(ResourceRecord::due)
        .map(this::until)
        .filter(Duration::isPositive);
  }

  /** Until the service is to be asked; empty where nobody knows, which is after a start. */
  Optional<Duration> nextFullCheck(ResourceId id, String uid) {
    return fullChecks.contains(id)
        ? Optional.of(Duration.ZERO)
        : entry(id, uid).flatMap(ResourceRecord::look).map(this::until);
  }

  /** Lets the next pass over this resource ask the service, whatever it finds in the cluster. */
  void look(ResourceId id) {
    fullChecks.add(id);
  }

  private Duration until(long due) {
    Duration wait = Duration.ofNanos(due - nanoTime.getAsLong());
    return wait.compareTo(EARLY) > 0 ? wait : Duration.ZERO;
  }

  void passed(ResourceId id, ReconcileInput input, ReconcileResult result) {
    if (result.requeueAfter().isEmpty()) {
      forget(id);
      finished.put(id, uid(input));
      return;
    }
    long now = nanoTime.getAsLong();
    if (input.fullCheckIsDue()) {
      fullChecks.remove(id);
    }
    entries.put(
        id,
        new ResourceRecord(
            uid(input),
            after(input),
            result.failed() ? input.failures() + 1 : 0,
            result.unfinishedChange(),
            result.credentials().map(kept::keep).or(() -> credentials(id, uid(input))),
            result.requeueAfter().map(wait -> now + wait.toNanos()),
            Optional.of(now + result.nextFullCheck().orElse(Duration.ZERO).toNanos()),
            result.awaitsService(),
            Optional.empty(),
            result.unwritten()));
  }

  /**
   * Notes that the API server failed a pass.
   *
   * @return whether that is another failure than last time
   */
  boolean failed(ResourceId id, String uid, ApiServerFailure failure) {
    Optional<ResourceRecord> before = entry(id, uid);
    ObservedInputs seen = before.map(ResourceRecord::seen).orElse(ObservedInputs.NONE);
    entries.put(
        id,
        new ResourceRecord(
            uid,
            seen,
            troubles(id, uid) + 1,
            before.map(ResourceRecord::unfinishedChange).orElse(false),
            before.flatMap(ResourceRecord::credentials),
            Optional.empty(),
            before.flatMap(ResourceRecord::look),
            before.map(ResourceRecord::awaitsService).orElse(false),
            Optional.of(failure),
            before.flatMap(ResourceRecord::unwritten)));
    return !before.flatMap(ResourceRecord::trouble).equals(Optional.of(failure));
  }

  /** Passes in a row that failed, whatever changed since. */
  int troubles(ResourceId id, String uid) {
    return entry(id, uid).map(ResourceRecord::failures).orElse(0);
  }

  /** The resources whose last pass was failed by this account or its service. */
  List<ResourceId> awaitingService(String account) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().awaitsService())
        .filter(entry ->
            entry
                .getValue()
                .credentials()
                .filter(known -> known.account().fingerprint().equals(account))
                .isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Lets the next pass over this resource begin at once, if the service still failed the last one.
   *
   * @return whether it did
   */
  boolean endBackoff(ResourceId id) {
    ResourceRecord known = entries.get(id);
    return known != null && known.awaitsService() && entries.replace(id, known, known.atOnce());
  }

  /**
   * Whether the finalizer of this very resource is gone: a cache may still show it when the
   * deletion of its token Secret is told.
   */
  boolean isFinished(ResourceId id, String uid) {
    return uid.equals(finished.get(id));
  }

  void forget(ResourceId id) {
    finished.remove(id);
    entries.remove(id);
    fullChecks.remove(id);
    recentWrites.forget(id);
  }

  private Optional<ResourceRecord> entry(ResourceId id, String uid) {
    return Optional.ofNullable(entries.get(id)).filter(entry -> entry.uid().equals(uid));
  }

  private ObservedInputs inCaches(ConnectWiseInstance resource) {
    String namespace = resource.getMetadata().getNamespace();
    return ObservedInputs.of(
        resource, name -> secretVersions.version(new ResourceId(namespace, name)));
  }

  /** What the pass read, with the versions that it left behind where it wrote. */
  private ObservedInputs after(ReconcileInput input) {
    ConnectWiseInstance resource = input.resource();
    String namespace = resource.getMetadata().getNamespace();
    ObservedInputs left =
        ObservedInputs.of(
            resource,
            name ->
                recentWrites
                    .secretVersion(new ResourceId(namespace, name))
                    .or(() -> ObservedInputs.secretVersion(input, name)));
    return recentWrites.newerThan(resource).map(left::withVersion).orElse(left);
  }

  private static String uid(ReconcileInput input) {
    return input.resource().getMetadata().getUid();
  }
}
