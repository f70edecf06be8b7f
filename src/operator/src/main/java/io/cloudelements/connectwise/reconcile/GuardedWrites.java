package io.cloudelements.connectwise.reconcile;

import static io.cloudelements.connectwise.reconcile.ClusterWrites.FINALIZER;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.Optional;
import java.util.function.Function;

/**
 * A reconcile's writes of its resource, each guarded by the version that the previous one left.
 * After a conflict the resource is read again: when spec, deletion, confirmations, finalizer and
 * recorded facts are as the reconcile knows them, the write is repeated on the new version,
 * otherwise the reconcile ends. Finalizer and intent are never repeated.
 */
final class GuardedWrites {
  private static final int ATTEMPTS = 5;

  private final ReconcileInput input;
  private final ClusterWrites cluster;

  private ResourceRef ref;
  private boolean finalizer;
  private boolean guarded;
  private Optional<ConnectWiseInstanceStatus> status;
  private Optional<String> withoutIntent;

  GuardedWrites(ReconcileInput input, ClusterWrites cluster) {
    this.input = input;
    this.cluster = cluster;
    this.ref = input.ref();
    this.finalizer = input.hasFinalizer();
    this.status = StatusReader.status(input.resource());
    this.withoutIntent =
        input
            .history()
            .unwritten()
            .flatMap(UnwrittenOutcome::withoutIntent)
            .filter(ref.version()::equals);
  }

  ResourceRef ref() {
    return ref;
  }

  /** What the API server has, as far as this reconcile knows. */
  Optional<ConnectWiseInstanceStatus> status() {
    return status;
  }

  Recorded recorded() {
    return recordedIn(status);
  }

  /**
   * The resource's version, if this process added the finalizer to a resource without a status and
   * nothing was written since. An intent would be a later version, and no {@code POST} comes
   * without one.
   */
  Optional<String> withoutIntent() {
    return withoutIntent;
  }

  /** Never repeated on a later version, since it comes before the intent. */
  void ensureFinalizer() {
    if (!finalizer && !input.deleting()) {
      ref = ref.at(cluster.addFinalizer(ref));
      finalizer = true;
      guarded = true;
      withoutIntent = status.isEmpty() ? Optional.of(ref.version()) : Optional.empty();
    }
  }

  void removeFinalizer() {
    onLatest(at -> {
      cluster.removeFinalizer(at);
      return at.version();
    });
  }

  /**
   * Ends the reconcile unless it rests on the latest version, where no earlier write of it did so.
   * A view without a status may be older than the first one; its finalizer is then what is written
   * again.
   */
  void assertCurrent() {
    if (!guarded && (status.isPresent() || finalizer)) {
      ref = ref.at(onLatest(this::writeAgain));
      guarded = true;
    }
  }

  private String writeAgain(ResourceRef at) {
    return status.isPresent() ? cluster.writeStatus(at, status.get()) : cluster.addFinalizer(at);
  }

  /** Never repeated on a later version: a replica that wrote first may be about to create too. */
  void writeIntent(ConnectWiseInstanceStatus next) {
    write(next, at -> cluster.writeStatus(at, next));
  }

  void writeStatus(ConnectWiseInstanceStatus next) {
    write(next, _ -> onLatest(at -> cluster.writeStatus(at, next)));
  }

  private void write(ConnectWiseInstanceStatus next, Function<ResourceRef, String> write) {
    if (!Optional.of(next).equals(status)) {
      ref = ref.at(write.apply(ref));
      status = Optional.of(next);
      guarded = true;
      withoutIntent = Optional.empty();
    }
  }

  private String onLatest(Function<ResourceRef, String> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write.apply(ref);
      } catch (ClusterConflict conflict) {
        if (attempt == ATTEMPTS || !isMovedToLatest()) {
          throw conflict;
        }
      }
    }
  }

  private boolean isMovedToLatest() {
    Optional<ConnectWiseInstance> latest =
        cluster
            .latest(ref)
            .filter(input::asksTheSame)
            .filter(now -> now.getMetadata().getFinalizers().contains(FINALIZER) == finalizer)
            .filter(now -> recordedIn(StatusReader.status(now)).equals(recorded()));
    latest.ifPresent(now -> ref = ref.at(now.getMetadata().getResourceVersion()));
    return latest.isPresent();
  }

  private Recorded recordedIn(Optional<ConnectWiseInstanceStatus> found) {
    return StatusReader.recorded(found, input.metadata().getGeneration());
  }
}
