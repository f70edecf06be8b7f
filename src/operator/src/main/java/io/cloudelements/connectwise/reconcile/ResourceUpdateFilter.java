package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which changes of a resource are worth a reconcile. Our own writes are not: they change the
 * finalizer and the status, and both only ever in the direction that this filter ignores.
 */
public final class ResourceUpdateFilter {
  private final Predicate<ConnectWiseInstance> isOwnWrite;

  /**
   * @param isOwnWrite whether this process's last write left this version behind
   */
  public ResourceUpdateFilter(Predicate<ConnectWiseInstance> isOwnWrite) {
    this.isOwnWrite = isOwnWrite;
  }

  public boolean accept(ConnectWiseInstance now, ConnectWiseInstance before) {
    return isUsersChange(now.getMetadata(), before.getMetadata())
        || finalizerTaken(now.getMetadata(), before.getMetadata())
        || (statusLost(now, before) && !isOwnWrite.test(now));
  }

  private static boolean isUsersChange(ObjectMeta now, ObjectMeta before) {
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
    return isLost(StatusReader::observedGeneration, now, before)
        || isLost(StatusReader::instanceId, now, before);
  }

  private static boolean isLost(
      Function<ConnectWiseInstance, Optional<Long>> field,
      ConnectWiseInstance now,
      ConnectWiseInstance before) {
    return field.apply(before).isPresent() && field.apply(now).isEmpty();
  }
}
