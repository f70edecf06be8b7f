package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the last reconcile of a process saw of the cluster, and when it wanted to come back, kept
 * without the code under test: what a reconcile that does not run would have been for.
 */
final class LastReconcile {
  private static final String RESOURCE = "";

  /** Timers may fire so early. */
  private static final Duration EARLY = Duration.ofMillis(20);

  private final World world;
  private final Set<Long> own = new HashSet<>();
  private Map<String, Long> read = Map.of();
  private Optional<SeenAccount> account = Optional.empty();
  private Optional<Instant> due = Optional.empty();
  private int fullChecksRequested;
  private int fullChecksMade;
  private int requestedBefore;

  LastReconcile(World world) {
    this.world = world;
  }

  void begins(ScheduledOperator.Gathered gathered) {
    read = Map.copyOf(gathered.revisions());
    account = Optional.of(gathered.account());
    due = Optional.of(world.time().now());
    requestedBefore = fullChecksRequested;
  }

  /** It has just made what writes of operators there are after this revision. */
  void wroteSince(long revision) {
    Cluster cluster = world.cluster();
    Stream.concat(
            Stream.of(cluster.resourceHistory()),
            cluster.secretNames().stream().map(cluster::secretHistory))
        .flatMap(history -> history.between(revision, Long.MAX_VALUE).stream())
        .filter(version -> !version.outside())
        .forEach(version -> own.add(version.revision()));
  }

  /** Its guarded write went through, also where it left another replica's version as it is. */
  void knows(History<Secret> written) {
    own.add(written.latest().revision());
  }

  void ends(ReconcileInput input, ReconcileResult result) {
    due = result.requeueAfter().map(world.time().now()::plus);
    if (input.fullCheckIsDue()) {
      fullChecksMade = requestedBefore;
    }
  }

  void fullCheckIsRequested() {
    fullChecksRequested++;
  }

  /**
   * A reconcile that an event or a timer brought does not run.
   *
   * @param next when it would run instead; empty: never, since the last one was the last
   * @return what is wrong with that
   */
  Optional<String> missedWhenSkipped(Optional<Duration> next) {
    if (next.isEmpty()) {
      return released()
          ? Optional.empty()
          : Optional.of("the resource is still held, and nothing more is done about it");
    }
    Instant then = world.time().now().plus(next.get());
    return missed("a full check was asked for", fullChecksRequested > fullChecksMade)
        .or(() ->
            missed("it is due at " + due, due.filter(d -> !then.isAfter(d.plus(EARLY))).isEmpty()))
        .or(() -> missed("the status was written by a user", statusIsForeign()))
        .or(this::missedWhenIdle);
  }

  /** What is wrong with not reconciling now, when nothing happens at this moment. */
  Optional<String> missedWhenIdle() {
    return world
        .cluster()
        .resource()
        .flatMap(now ->
            missed("spec, annotations or deletion changed", requestHasChanged(now))
                .or(() -> missed("the finalizer was taken", finalizerIsRemoved(now)))
                .or(() -> missed("the status was lost", statusIsLost(now)))
                .or(() ->
                    ReconcileInput.secretNames(now).stream()
                        .filter(this::secretIsForeign)
                        .findFirst()
                        .map(name -> "Secret " + name + " changed")));
  }

  /** The same, for what the owner of the account says. */
  Optional<String> missedOfAccount(SeenAccount now) {
    return world
        .cluster()
        .resource()
        .filter(resource -> resource.getSpec().accountRef() != null)
        .flatMap(resource ->
            missed(
                "consent changed",
                account.filter(seen -> seen.serves(resource) != now.serves(resource)).isPresent()))
        .or(() ->
            missed(
                "the account was suspended or resumed",
                account.filter(seen -> seen.suspended() != now.suspended()).isPresent()))
        .or(() ->
            missed(
                "the application user's Secret changed",
                account.filter(seen -> seen.application() != now.application()).isPresent()));
  }

  private static Optional<String> missed(String what, boolean isMissed) {
    return isMissed ? Optional.of(what) : Optional.empty();
  }

  private boolean released() {
    return world
        .cluster()
        .resource()
        .filter(now -> now.getMetadata().getUid().equals(uid()))
        .filter(now -> now.getMetadata().getFinalizers().contains(ClusterWrites.FINALIZER))
        .isEmpty();
  }

  private String uid() {
    return readResource().map(seen -> seen.getMetadata().getUid()).orElse("");
  }

  private Optional<ConnectWiseInstance> readResource() {
    return world.cluster().resourceHistory().at(read.getOrDefault(RESOURCE, 0L)).object();
  }

  /** The resource as this process knows it: what it read, and what it wrote since. */
  private Optional<ConnectWiseInstance> knownResource() {
    return known(world.cluster().resourceHistory(), RESOURCE).object();
  }

  private <T> History.Version<T> known(History<T> history, String key) {
    History.Version<T> known = history.at(read.getOrDefault(key, 0L));
    for (History.Version<T> version : history.between(known.revision(), Long.MAX_VALUE)) {
      if (own.contains(version.revision())) {
        known = version;
      }
    }
    return known;
  }

  private boolean requestHasChanged(ConnectWiseInstance now) {
    return readResource()
        .filter(seen -> isSameRequest(seen.getMetadata(), now.getMetadata()))
        .isEmpty();
  }

  private static boolean isSameRequest(ObjectMeta seen, ObjectMeta now) {
    return Objects.equals(seen.getUid(), now.getUid())
        && Objects.equals(seen.getGeneration(), now.getGeneration())
        && Objects.equals(seen.getAnnotations(), now.getAnnotations())
        && Objects.equals(seen.getDeletionTimestamp(), now.getDeletionTimestamp());
  }

  private boolean finalizerIsRemoved(ConnectWiseInstance now) {
    return now.getMetadata().getDeletionTimestamp() == null
        && knownResource().filter(LastReconcile::isHeld).isPresent()
        && !isHeld(now);
  }

  private static boolean isHeld(ConnectWiseInstance resource) {
    return resource.getMetadata().getFinalizers().contains(ClusterWrites.FINALIZER);
  }

  private boolean statusIsForeign() {
    return !status(world.cluster().resource()).equals(status(knownResource()));
  }

  private boolean statusIsLost(ConnectWiseInstance now) {
    Optional<ConnectWiseInstanceStatus> known = status(knownResource());
    Optional<ConnectWiseInstanceStatus> left = status(Optional.of(now));
    return isLost(known, left, ConnectWiseInstanceStatus::observedGeneration)
        || isLost(known, left, ConnectWiseInstanceStatus::instanceId);
  }

  private static boolean isLost(
      Optional<ConnectWiseInstanceStatus> known,
      Optional<ConnectWiseInstanceStatus> left,
      Function<ConnectWiseInstanceStatus, Long> field) {
    return known.map(field).isPresent() && left.map(field).isEmpty();
  }

  private static Optional<ConnectWiseInstanceStatus> status(
      Optional<ConnectWiseInstance> resource) {
    return resource.map(ConnectWiseInstance::getStatus);
  }

  private boolean secretIsForeign(String name) {
    History<?> history = world.cluster().secretHistory(name);
    return history.latest().revision() > known(history, name).revision();
  }
}
