package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;
import java.util.Optional;

/**
 * Which changes of a resource are worth a pass. Our own writes are not: they change the finalizer
 * and the status, and both only ever in the direction that this filter ignores.
 */
final class ResourceUpdateFilter implements OnUpdateFilter<ConnectWiseInstance> {
  private final RecentWrites recentWrites;

  ResourceUpdateFilter(RecentWrites recentWrites) {
    this.recentWrites = recentWrites;
  }

  @Override
  public boolean accept(ConnectWiseInstance now, ConnectWiseInstance before) {
    return asked(now.getMetadata(), before.getMetadata())
        || finalizerTaken(now.getMetadata(), before.getMetadata())
        || (statusLost(now, before) && !recentWrites.isLastVersion(now));
  }

  private static boolean asked(ObjectMeta now, ObjectMeta before) {
    return !Objects.equals(now.getUid(), before.getUid())
        || !Objects.equals(now.getGeneration(), before.getGeneration())
        || !Objects.equals(now.getAnnotations(), before.getAnnotations())
        || !Objects.equals(now.getDeletionTimestamp(), before.getDeletionTimestamp());
  }

  /** Without it the instance would be left behind when the resource is deleted. */
  private static boolean finalizerTaken(ObjectMeta now, ObjectMeta before) {
    return now.getDeletionTimestamp() == null
        && before.getFinalizers().contains(ClusterWrites.FINALIZER)
        && !now.getFinalizers().contains(ClusterWrites.FINALIZER);
  }

  private static boolean statusLost(ConnectWiseInstance now, ConnectWiseInstance before) {
    return (observed(before).isPresent() && observed(now).isEmpty())
        || (instance(before).isPresent() && instance(now).isEmpty());
  }

  private static Optional<Long> observed(ConnectWiseInstance resource) {
    return Optional.ofNullable(resource.getStatus())
        .flatMap(status -> Optional.ofNullable(status.observedGeneration()));
  }

  private static Optional<Long> instance(ConnectWiseInstance resource) {
    return Optional.ofNullable(resource.getStatus())
        .flatMap(status -> Optional.ofNullable(status.instanceId()));
  }
}
