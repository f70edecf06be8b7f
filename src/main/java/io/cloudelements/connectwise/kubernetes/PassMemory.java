package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.PassResult;
import io.cloudelements.connectwise.reconcile.Snapshot;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.reconcile.Wish;
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
public final class PassMemory {
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
  private record Entry(
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

    private Entry atOnce() {
      return new Entry(
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

  private final Map<ResourceId, Entry> entries = new ConcurrentHashMap<>();
  private final KeptCredentials kept = new KeptCredentials();
  private final Set<ResourceId> looks = ConcurrentHashMap.newKeySet();

  /** Uids of resources whose last pass is done, until the watch shows that they are gone. */
  private final Map<ResourceId, String> finished = new ConcurrentHashMap<>();

  private final OwnWrites ownWrites;
  private final SecretSight sight;
  private final LongSupplier nanoTime;

  /**
   * @param secretEvents also show which Secrets there are
   */
  public PassMemory(OwnWrites ownWrites, SecretEvents secretEvents, LongSupplier nanoTime) {
    this(ownWrites, (SecretSight) secretEvents, nanoTime);
  }

  PassMemory(OwnWrites ownWrites, SecretSight sight, LongSupplier nanoTime) {
    this.ownWrites = ownWrites;
    this.sight = sight;
    this.nanoTime = nanoTime;
  }

  /** Credentials with which an earlier pass over this very resource worked. */
  Optional<CredentialsResult.Complete> credentials(ResourceId id, String uid) {
    return entry(id, uid).flatMap(Entry::credentials);
  }

  /** The account of that fingerprint, by what opened it for one of these resources. */
  Optional<Account> account(String fingerprint, List<ConnectWiseInstance> resources) {
    return resources.stream()
        .flatMap(
            resource -> credentials(Wish.id(resource), resource.getMetadata().getUid()).stream())
        .map(CredentialsResult.Complete::account)
        .filter(account -> account.fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * The snapshot with what is left of earlier passes: failures in a row, as far as nobody changed
   * anything since that may heal them.
   */
  Snapshot resumed(ResourceId id, Snapshot snapshot) {
    return entry(id, uid(snapshot))
        .filter(entry -> entry.seen().hasSameInput(ObservedInputs.of(snapshot)))
        .map(entry -> snapshot.after(entry.failures(), entry.unfinishedChange()))
        .orElseGet(() -> snapshot.after(0, false));
  }

  /** What the last pass over this very resource could not write to the cluster. */
  Optional<UnwrittenOutcome> unwritten(ResourceId id, String uid) {
    return entry(id, uid).flatMap(Entry::unwritten);
  }

  /**
   * How long the next pass has still to wait, when an event brought no news: it was an echo of our
   * own write, or told of what the last pass had already seen.
   */
  Optional<Duration> remaining(ResourceId id, Snapshot snapshot) {
    return remaining(id, uid(snapshot), () -> ObservedInputs.of(snapshot));
  }

  /** The same as far as the caches know, for nothing: most events after a start bring no news. */
  Optional<Duration> remaining(ResourceId id, ConnectWiseInstance cached) {
    return sight.isClear() && !PrimaryCache.refersToNone(cached)
        ? remaining(id, cached.getMetadata().getUid(), () -> inCaches(cached))
        : Optional.empty();
  }

  private Optional<Duration> remaining(ResourceId id, String uid, Supplier<ObservedInputs> now) {
    return entry(id, uid)
        .filter(_ -> !looks.contains(id))
        .filter(entry -> entry.seen().equals(now.get()))
        .flatMap(Entry::due)
        .map(this::until)
        .filter(Duration::isPositive);
  }

  /** Until the service is to be asked; empty where nobody knows, which is after a start. */
  Optional<Duration> nextLook(ResourceId id, String uid) {
    return looks.contains(id)
        ? Optional.of(Duration.ZERO)
        : entry(id, uid).flatMap(Entry::look).map(this::until);
  }

  /** Lets the next pass over this resource ask the service, whatever it finds in the cluster. */
  void look(ResourceId id) {
    looks.add(id);
  }

  private Duration until(long due) {
    Duration wait = Duration.ofNanos(due - nanoTime.getAsLong());
    return wait.compareTo(EARLY) > 0 ? wait : Duration.ZERO;
  }

  void passed(ResourceId id, Snapshot snapshot, PassResult result) {
    if (result.requeueAfter().isEmpty()) {
      forget(id);
      finished.put(id, uid(snapshot));
      return;
    }
    long now = nanoTime.getAsLong();
    if (snapshot.lookIsDue()) {
      looks.remove(id);
    }
    entries.put(
        id,
        new Entry(
            uid(snapshot),
            after(snapshot),
            result.failed() ? snapshot.failures() + 1 : 0,
            result.unfinishedChange(),
            result.credentials().map(kept::keep).or(() -> credentials(id, uid(snapshot))),
            result.requeueAfter().map(wait -> now + wait.toNanos()),
            Optional.of(now + result.nextLook().orElse(Duration.ZERO).toNanos()),
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
    Optional<Entry> before = entry(id, uid);
    ObservedInputs seen = before.map(Entry::seen).orElse(ObservedInputs.NONE);
    entries.put(
        id,
        new Entry(
            uid,
            seen,
            troubles(id, uid) + 1,
            before.map(Entry::unfinishedChange).orElse(false),
            before.flatMap(Entry::credentials),
            Optional.empty(),
            before.flatMap(Entry::look),
            before.map(Entry::awaitsService).orElse(false),
            Optional.of(failure),
            before.flatMap(Entry::unwritten)));
    return !before.flatMap(Entry::trouble).equals(Optional.of(failure));
  }

  /** Passes in a row that failed, whatever changed since. */
  int troubles(ResourceId id, String uid) {
    return entry(id, uid).map(Entry::failures).orElse(0);
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
    Entry known = entries.get(id);
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
    looks.remove(id);
    ownWrites.forget(id);
  }

  private Optional<Entry> entry(ResourceId id, String uid) {
    return Optional.ofNullable(entries.get(id)).filter(entry -> entry.uid().equals(uid));
  }

  private ObservedInputs inCaches(ConnectWiseInstance resource) {
    String namespace = resource.getMetadata().getNamespace();
    return ObservedInputs.of(resource, name -> sight.version(new ResourceId(namespace, name)));
  }

  /** What the pass read, with the versions that it left behind where it wrote. */
  private ObservedInputs after(Snapshot snapshot) {
    ConnectWiseInstance resource = snapshot.resource();
    String namespace = resource.getMetadata().getNamespace();
    ObservedInputs left =
        ObservedInputs.of(
            resource,
            name ->
                ownWrites
                    .secretVersion(new ResourceId(namespace, name))
                    .or(() -> ObservedInputs.secretVersion(snapshot, name)));
    return ownWrites.newerThan(resource).map(left::withVersion).orElse(left);
  }

  private static String uid(Snapshot snapshot) {
    return snapshot.resource().getMetadata().getUid();
  }
}
