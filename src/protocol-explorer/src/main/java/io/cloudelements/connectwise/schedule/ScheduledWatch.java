package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ResourceUpdateFilter;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.cloudelements.connectwise.reconcile.WrittenVersions;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The watches of one process: how far each has come, and which of the changes that it shows become
 * events. The filters are the production code's.
 */
final class ScheduledWatch implements SecretVersions {
  private static final String RESOURCE = "";

  private final Cluster cluster;
  private final Variant variant;
  private final WrittenVersions written;
  private final ResourceUpdateFilter filter;
  private final Map<String, Long> shown = new HashMap<>();
  private long allVisibleAt = -1;

  ScheduledWatch(Cluster cluster, Variant variant, WrittenVersions written) {
    this.cluster = cluster;
    this.variant = variant;
    this.written = written;
    this.filter = new ResourceUpdateFilter(written::isLastVersion);
  }

  /** The cached resource. */
  Optional<ConnectWiseInstance> resource() {
    return resourceVersion().object();
  }

  History.Version<ConnectWiseInstance> resourceVersion() {
    return cluster.resourceHistory().at(shown(RESOURCE));
  }

  /** Whether what is still to be shown becomes an event. */
  boolean hasEvent() {
    if (cluster.revision() == allVisibleAt) {
      return false;
    }
    return isEvent(RESOURCE, cluster.resourceHistory().latest().revision())
        || cluster.secretNames().stream()
            .filter(this::isReferredTo)
            .anyMatch(name -> isEvent(name, cluster.secretHistory(name).latest().revision()));
  }

  /**
   * Shows everything but the last few versions.
   *
   * @return whether that brings an event
   */
  boolean show(Disturbance.Lag lag) {
    boolean event =
        show(
            RESOURCE, cluster.resourceHistory().behind(lag.resource(), shown(RESOURCE)).revision());
    for (String name : cluster.secretNames()) {
      event |= showSecret(name, lag.secrets());
    }
    if (lag.none()) {
      allVisibleAt = cluster.revision();
    }
    return event;
  }

  /** The same for one Secret. */
  boolean showSecret(String name, int lag) {
    return show(name, cluster.secretHistory(name).behind(lag, shown(name)).revision())
        && isReferredTo(name);
  }

  private boolean show(String key, long revision) {
    boolean event = isEvent(key, revision);
    shown.put(key, revision);
    return event;
  }

  private boolean isEvent(String key, long upTo) {
    return key.equals(RESOURCE)
        ? changes(cluster.resourceHistory(), key, upTo, this::isResourceEvent)
        : changes(cluster.secretHistory(key), key, upTo, (_, now) -> isSecretEvent(now));
  }

  private interface Filter<T> {
    boolean accepts(Optional<T> before, Optional<T> now);
  }

  private <T> boolean changes(History<T> history, String key, long upTo, Filter<T> filter) {
    Optional<T> before = history.at(shown(key)).object();
    boolean event = false;
    for (History.Version<T> version : history.between(shown(key), upTo)) {
      event |= filter.accepts(before, version.object());
      before = version.object();
    }
    return event;
  }

  private boolean isResourceEvent(
      Optional<ConnectWiseInstance> before, Optional<ConnectWiseInstance> now) {
    return before.isEmpty()
        || now.isEmpty()
        || variant.isEvent(filter.accept(now.get(), before.get()), now.get(), before.get());
  }

  /** That a Secret is gone is always told. */
  private boolean isSecretEvent(Optional<Secret> now) {
    return now.map(secret -> variant.isEvent(written.isForeign(secret), secret)).orElse(true);
  }

  private boolean isReferredTo(String secret) {
    return resource()
        .filter(cached -> ReconcileInput.secretNames(cached).contains(secret))
        .isPresent();
  }

  /** The revision up to which the watch of a Secret has come. */
  long shown(String key) {
    return shown.getOrDefault(key, 0L);
  }

  @Override
  public boolean isSynced() {
    return true;
  }

  @Override
  public Optional<String> version(ResourceId secret) {
    return cluster
        .secretHistory(secret.name())
        .at(shown(secret.name()))
        .object()
        .map(found -> found.getMetadata().getResourceVersion());
  }

  @Override
  public Set<String> ownedBy(ConnectWiseInstance resource) {
    List<Secret> owned = cluster.secretsOwnedBy(resource.getMetadata().getUid());
    return Set.copyOf(owned.stream().map(secret -> secret.getMetadata().getName()).toList());
  }
}
