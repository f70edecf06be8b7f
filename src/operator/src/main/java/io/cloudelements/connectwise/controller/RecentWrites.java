package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ObservedInputs;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.WrittenVersions;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The {@link WrittenVersions} of this process, for its reconciles and its watches. */
public class RecentWrites {
  private final WrittenVersions versions = new WrittenVersions();
  private volatile Consumer<Secret> missedChange = _ -> {};

  synchronized void resourceWritten(ResourceId id, String uid, String version) {
    versions.resourceWritten(id, uid, version);
  }

  /** Whether what is seen here is what our last write of this very resource left behind. */
  synchronized boolean isLastVersion(ConnectWiseInstance seen) {
    return versions.isLastVersion(seen);
  }

  /**
   * The version that our last write of this very resource left behind, if it is newer than what is
   * seen here.
   */
  synchronized Optional<String> newerThan(ConnectWiseInstance seen) {
    return versions.newerThan(seen);
  }

  synchronized void forget(ResourceId resource) {
    versions.forget(resource);
  }

  /**
   * Writes a Secret. Its event may arrive before the answer; so events about it wait for the
   * answer, and those of other writers are passed on then.
   */
  void writeSecret(Secret about, Supplier<Secret> write) {
    begins(about);
    Optional<String> version = Optional.empty();
    try {
      version = Optional.of(write.get().getMetadata().getResourceVersion());
    } finally {
      ends(about, version).forEach(missedChange);
    }
  }

  // not private: a test replaces it by one that is broken
  synchronized void begins(Secret about) {
    versions.secretWriteBegins(about);
  }

  private synchronized List<Secret> ends(Secret about, Optional<String> version) {
    return versions.secretWriteEnds(about, version);
  }

  /** A read supersedes the written version. */
  synchronized void secretIsRead(ResourceId secret) {
    versions.secretIsRead(secret);
  }

  /** What a reconcile read, with the versions that it left behind where it wrote. */
  synchronized ObservedInputs leftBy(ReconcileInput input) {
    return versions.leftBy(input);
  }

  /** Whether an event about this Secret is certainly another writer's. */
  synchronized boolean isForeign(Secret seen) {
    return versions.isForeign(seen);
  }

  /** Sets the listener for changes by other writers that were recognised late. */
  void onMissedChange(Consumer<Secret> listener) {
    missedChange = listener;
  }
}
