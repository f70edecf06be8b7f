package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.reconcile.WrittenVersions;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one process reads of the cluster for a reconcile. */
final class ScheduledReader {
  private final Cluster cluster;
  private final ScheduledWatch watch;
  private final WrittenVersions written;
  private final ScheduledAccounts accounts;
  private final Map<String, Long> read = new HashMap<>();

  ScheduledReader(
      Cluster cluster, ScheduledWatch watch, WrittenVersions written, ScheduledAccounts accounts) {
    this.cluster = cluster;
    this.watch = watch;
    this.written = written;
    this.accounts = accounts;
  }

  /** The cached resource; what is older than an own write is read again. Empty when it is gone. */
  Optional<History.Version<ConnectWiseInstance>> current(ConnectWiseInstance cached) {
    History.Version<ConnectWiseInstance> current =
        written.newerThan(cached).isPresent()
            ? cluster.resourceHistory().latest()
            : watch.resourceVersion();
    String uid = cached.getMetadata().getUid();
    return current.object().filter(now -> now.getMetadata().getUid().equals(uid)).map(_ -> current);
  }

  /**
   * @param lag readings of Secrets may be old by the time that they are used
   */
  ScheduledOperator.Gathered gather(
      History.Version<ConnectWiseInstance> version,
      Disturbance.Lag lag,
      Optional<UnwrittenOutcome> unwritten) {
    ConnectWiseInstance resource = version.object().orElseThrow();
    Map<String, Long> revisions = new HashMap<>();
    revisions.put("", version.revision());
    Map<String, Secret> secrets = new HashMap<>();
    Set<String> names = new TreeSet<>(ReconcileInput.secretNames(resource));
    names.addAll(watch.ownedBy(resource));
    unwritten.map(UnwrittenOutcome::formerSecrets).ifPresent(names::addAll);
    for (String name : names) {
      written.secretIsRead(new ResourceId(Cluster.NAMESPACE, name));
      History.Version<Secret> secret = secret(name, lag.secrets());
      revisions.put(name, secret.revision());
      secret.object().ifPresent(found -> secrets.put(name, found));
    }
    return new ScheduledOperator.Gathered(
        new ReconcileInput(resource, secrets)
            .with(accounts.open(resource))
            .with(crdState(resource)),
        revisions,
        accounts.seen());
  }

  /** This process wrote a Secret, and reads no older version of it. */
  void isWritten(String secret) {
    read.put(secret, cluster.secretHistory(secret).latest().revision());
  }

  /** No older than what was seen before. */
  private History.Version<Secret> secret(String name, int lag) {
    long seen = Math.max(read.getOrDefault(name, 0L), watch.shown(name));
    History.Version<Secret> version = cluster.secretHistory(name).behind(lag, seen);
    read.put(name, version.revision());
    return version;
  }

  /** Never from a cache. */
  private CrdState crdState(ConnectWiseInstance resource) {
    return ReconcileInput.needsCrd(resource)
        ? CrdState.of(Optional.of(cluster.crd()), resource.getMetadata())
        : CrdState.IN_USE;
  }
}
