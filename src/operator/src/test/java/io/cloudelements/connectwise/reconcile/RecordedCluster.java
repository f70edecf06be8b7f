package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that keeps the order of what is written to it, or shows that another writer was first,
 * or does not take a kind of write.
 */
final class RecordedCluster implements ClusterWrites {
  private final List<String> writes = new ArrayList<>();
  private final List<ConnectWiseInstanceStatus> statuses = new ArrayList<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<EventRecord> events = new ArrayList<>();
  private Optional<ConnectWiseInstance> latest = Optional.empty();
  private Optional<Secret> keptSecret = Optional.empty();
  private Optional<ClusterWriteFailure> failure = Optional.empty();
  private Optional<String> undeletable = Optional.empty();
  private boolean conflict;
  private int conflicts;
  private int version = 10;

  /** Another writer was first, so that every guarded write meets a conflict. */
  RecordedCluster conflict() {
    conflict = true;
    return this;
  }

  /** From now on this kind of write is answered with that HTTP status, 0 for no answer. */
  void fails(ClusterWriteFailure.WriteKind write, int code) {
    failure = Optional.of(new ClusterWriteFailure(write, code, "no such writes today"));
  }

  /** Every write is taken again. */
  void heals() {
    failure = Optional.empty();
    keptSecret = Optional.empty();
  }

  /** A Secret whose deletion is accepted and that stays, as its finalizers want. */
  void keeps(Secret terminating) {
    keptSecret = Optional.of(terminating);
  }

  /** The resource as another writer left it. */
  void shows(ConnectWiseInstance now) {
    latest = Optional.of(now);
  }

  /** So many of the next writes, of whatever kind, meet what another writer wrote first. */
  void conflicts(int times) {
    conflicts = times;
  }

  /** A policy keeps this one Secret. */
  void forbidsToDelete(String secret) {
    undeletable = Optional.of(secret);
  }

  /** Every write with the version that guards it. */
  List<String> writes() {
    return writes;
  }

  ConnectWiseInstanceStatus status() {
    return statuses.getLast();
  }

  Secret secret() {
    return secrets.getLast();
  }

  List<EventRecord> events() {
    return events;
  }

  @Override
  public String addFinalizer(ResourceRef resource) {
    refuse(ClusterWriteFailure.WriteKind.ADD_FINALIZER);
    return guarded("add finalizer", resource);
  }

  @Override
  public void removeFinalizer(ResourceRef resource) {
    refuse(ClusterWriteFailure.WriteKind.REMOVE_FINALIZER);
    guarded("remove finalizer", resource);
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    refuse(ClusterWriteFailure.WriteKind.STATUS);
    statuses.add(status);
    return guarded("status", resource);
  }

  @Override
  public void createSecret(Secret wanted) {
    refuse(ClusterWriteFailure.WriteKind.CREATE_SECRET);
    secrets.add(wanted);
    writes.add("create " + wanted.getMetadata().getName());
  }

  @Override
  public void replaceSecret(Secret repaired) {
    refuse(ClusterWriteFailure.WriteKind.UPDATE_SECRET);
    secrets.add(repaired);
    writes.add("replace " + repaired.getMetadata().getName());
  }

  @Override
  public void deleteSecret(Secret existing) {
    refuse(ClusterWriteFailure.WriteKind.DELETE_SECRET);
    String name = existing.getMetadata().getName();
    if (undeletable.equals(Optional.of(name))) {
      throw new ClusterWriteException(
          new ClusterWriteFailure(ClusterWriteFailure.WriteKind.DELETE_SECRET, 403, name));
    }
    writes.add("delete " + name);
  }

  @Override
  public Optional<ConnectWiseInstance> latest(ResourceRef resource) {
    return latest;
  }

  @Override
  public Optional<Secret> latest(Secret secret) {
    return keptSecret;
  }

  @Override
  public void publish(ResourceRef resource, EventRecord event) {
    events.add(event);
  }

  private void refuse(ClusterWriteFailure.WriteKind write) {
    if (failure.filter(known -> known.write() == write).isPresent()) {
      throw new ClusterWriteException(failure.get());
    }
    if (conflicts > 0) {
      conflicts--;
      throw new ClusterConflict(write.name());
    }
  }

  private String guarded(String what, ResourceRef resource) {
    if (conflict) {
      throw new ClusterConflict(what);
    }
    writes.add(what + " at " + resource.version());
    version++;
    return Integer.toString(version);
  }
}
