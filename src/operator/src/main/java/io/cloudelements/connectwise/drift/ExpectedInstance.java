package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a listing should show of a converged resource, by its spec and status alone.
 *
 * @param wanted name and tags; empty where they are not enforced, or were refused by the service
 * @param availability as last seen by id
 * @param duplicates empty where they are not searched for
 */
public record ExpectedInstance(
    ResourceId resource,
    String uid,
    long instanceId,
    String elementKey,
    Optional<EnforcedFields> wanted,
    Availability availability,
    Optional<Duplicates> duplicates) {

  /**
   * By whom the resources are served.
   *
   * @param interval between two listings
   * @param mode the lowest of it and a resource's own policy holds
   */
  public record Operation(String clusterName, Duration interval, ManagementPolicy mode) {}

  /** What the operator would correct. */
  record EnforcedFields(String name, Set<String> tags) {}

  /** Other instances with the ownership tag that the status already reports. */
  record Duplicates(String ownershipTag, SortedSet<Long> known) {}

  /**
   * Empty for a resource that is not converged, whose own reconciles read by id, and for one whose
   * own interval is no longer than that of the listings.
   */
  public static Optional<ExpectedInstance> of(ConnectWiseInstance resource, Operation operation) {
    SpecDefaults spec = SpecDefaults.of(resource);
    boolean comparable =
        !spec.namesNoSecret()
            && resource.getMetadata().getDeletionTimestamp() == null
            && !spec.suspended()
            && spec.resyncInterval()
                .filter(own -> own.compareTo(operation.interval()) <= 0)
                .isEmpty();
    if (!comparable) {
      return Optional.empty();
    }
    Recorded recorded = StatusReader.recorded(resource);
    return recorded.lastReason().filter(Reason::isConverged).isPresent()
        ? of(resource, operation, recorded)
        : Optional.empty();
  }

  private static Optional<ExpectedInstance> of(
      ConnectWiseInstance resource, Operation operation, Recorded recorded) {
    SpecDefaults spec = SpecDefaults.of(resource);
    boolean manages =
        spec.policy().map(operation.mode()::lowest).equals(Optional.of(ManagementPolicy.MANAGE));
    boolean refused = recorded.lastReason().equals(Optional.of(Reason.NOT_ACCEPTED));
    Optional<EnforcedFields> wanted =
        manages && !refused
            ? Optional.of(
                new EnforcedFields(spec.name(), spec.instanceTags(operation.clusterName())))
            : Optional.empty();
    Optional<Duplicates> duplicates =
        manages
            ? Optional.of(
                new Duplicates(
                    spec.ownershipTag(operation.clusterName()).value(), recorded.duplicates()))
            : Optional.empty();
    return recorded
        .instanceId()
        .flatMap(id ->
            spec.element()
                .map(element ->
                    new ExpectedInstance(
                        SpecDefaults.id(resource),
                        resource.getMetadata().getUid(),
                        id,
                        element.key(),
                        wanted,
                        recorded.instance().availability(),
                        duplicates)));
  }
}
