package io.cloudelements.connectwise.reconcile;

import static io.cloudelements.connectwise.reconcile.ClusterWrites.FINALIZER;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.Optional;
import java.util.function.Function;

/**
 * A pass's writes of its resource, each guarded by the version that the previous one left: a pass
 * that rests on an old view, or a second replica's, stops at its first write. A later version that
 * asks for the same and records the same is no old view, and what was learned is written on it;
 * only an intent never is.
 */
final class GuardedWrites {
  private static final int ATTEMPTS = 5;

  private final Snapshot snapshot;
  private final ClusterWrites cluster;

  private ResourceRef ref;
  private boolean finalizer;
  private boolean guarded;
  private Optional<ConnectWiseInstanceStatus> status;

  GuardedWrites(Snapshot snapshot, ClusterWrites cluster) {
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.ref = snapshot.ref();
    this.finalizer = snapshot.hasFinalizer();
    this.status = Optional.ofNullable(snapshot.resource().getStatus());
  }

  ResourceRef ref() {
    return ref;
  }

  /** What the API server has, as far as this pass knows. */
  Optional<ConnectWiseInstanceStatus> status() {
    return status;
  }

  Recorded recorded() {
    return recordedIn(status);
  }

  /** Never repeated on a later version, since it comes before the intent. */
  void ensureFinalizer() {
    if (!finalizer && !snapshot.deleting()) {
      ref = ref.at(cluster.addFinalizer(ref));
      finalizer = true;
      guarded = true;
    }
  }

  void removeFinalizer() {
    onLatest(at -> {
      cluster.removeFinalizer(at);
      return at.version();
    });
  }

  /** Ends the pass unless it rests on the latest version, where no earlier write of it did so. */
  void assertCurrent() {
    if (!guarded && status.isPresent()) {
      ref = ref.at(onLatest(at -> cluster.writeStatus(at, status.get())));
      guarded = true;
    }
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
            .filter(snapshot::asksTheSame)
            .filter(now -> now.getMetadata().getFinalizers().contains(FINALIZER) == finalizer)
            .filter(now -> recordedIn(Optional.ofNullable(now.getStatus())).equals(recorded()));
    latest.ifPresent(now -> ref = ref.at(now.getMetadata().getResourceVersion()));
    return latest.isPresent();
  }

  private Recorded recordedIn(Optional<ConnectWiseInstanceStatus> found) {
    return StatusReader.recorded(found, snapshot.metadata().getGeneration());
  }
}
