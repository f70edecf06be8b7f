package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster that keeps the order of what is written to it, or shows that somebody wrote first. */
final class RecordedCluster implements ClusterWrites {
  private final List<String> writes = new ArrayList<>();
  private final List<ConnectWiseInstanceStatus> statuses = new ArrayList<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private Optional<ConnectWiseInstance> latest = Optional.empty();
  private boolean overtaken;
  private int version = 10;

  /** Somebody else has written, so that every guarded write meets a conflict. */
  RecordedCluster overtaken() {
    overtaken = true;
    return this;
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

  List<Notice> notices() {
    return notices;
  }

  @Override
  public String addFinalizer(ResourceRef resource) {
    return guarded("add finalizer", resource);
  }

  @Override
  public void removeFinalizer(ResourceRef resource) {
    guarded("remove finalizer", resource);
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    statuses.add(status);
    return guarded("status", resource);
  }

  @Override
  public void createSecret(Secret wanted) {
    secrets.add(wanted);
    writes.add("create " + wanted.getMetadata().getName());
  }

  @Override
  public void replaceSecret(Secret repaired) {
    secrets.add(repaired);
    writes.add("replace " + repaired.getMetadata().getName());
  }

  @Override
  public void deleteSecret(Secret existing) {
    writes.add("delete " + existing.getMetadata().getName());
  }

  @Override
  public Optional<ConnectWiseInstance> latest(ResourceRef resource) {
    return latest;
  }

  @Override
  public Optional<Secret> latest(Secret secret) {
    return Optional.empty();
  }

  @Override
  public void publish(ResourceRef resource, Notice notice) {
    notices.add(notice);
  }

  private String guarded(String what, ResourceRef resource) {
    if (overtaken) {
      throw new ClusterConflict(what);
    }
    writes.add(what + " at " + resource.version());
    version++;
    return Integer.toString(version);
  }
}
