package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a listing has beyond the resources: orphans and duplicates. Other clusters' are ignored. */
public final class Orphans {
  private Orphans() {}

  /**
   * A resource that exists, in any state; one whose instance is only being made has a tag too.
   *
   * @param account where its instance was last seen or is being made; empty while it is not known
   * @param instanceId the instance in use
   */
  public record KnownResource(
      ResourceId resource, Optional<String> account, Optional<Long> instanceId) {}

  /**
   * Several instances with one resource's tag.
   *
   * @param others those that are not in use
   */
  public record Duplicate(ResourceId resource, Optional<Long> inUse, List<Long> others) {}

  /** What one account has. */
  public record Found(List<Orphan> orphans, List<Duplicate> duplicates) {}

  /**
   * @param account the fingerprint of the account that was listed
   * @param known all resources of the cluster by their ownership tag
   */
  public static Found find(
      String account, AccountInstances listing, Map<String, KnownResource> known) {
    Map<Long, Orphan> orphans = new TreeMap<>();
    List<Duplicate> duplicates = new ArrayList<>();
    new TreeMap<>(listing.owned())
        .forEach((tag, ids) -> {
          Optional<KnownResource> owner = Optional.ofNullable(known.get(tag));
          Optional<Orphan.OrphanCause> cause = cause(account, owner);
          cause.ifPresent(why ->
              ids.stream()
                  .filter(id -> !isInUse(id, owner))
                  .forEach(id -> orphans.put(id, orphan(listing, id, tag, why))));
          owner
              .filter(_ -> cause.isEmpty() && ids.size() > 1)
              .ifPresent(resource -> duplicates.add(duplicate(resource, ids)));
        });
    return new Found(List.copyOf(orphans.values()), List.copyOf(duplicates));
  }

  /**
   * An orphan, and who says that it is none.
   *
   * @param claimants resources whose status names the instance in this account: they have adopted
   *     it since the listing, or the status was written by hand. Only the tag in the next listing
   *     proves it.
   */
  record ShownOrphan(Orphan orphan, List<ResourceId> claimants) {}

  /**
   * Those that still are orphans, for the same reason, by the resources that there are now.
   *
   * @param account the fingerprint of the account in whose listing they were found
   */
  static List<ShownOrphan> still(
      String account, List<Orphan> orphans, Map<String, KnownResource> known) {
    List<Orphan> left = orphans.stream().filter(orphan -> isStill(account, orphan, known)).toList();
    Set<Long> ids = left.stream().map(orphan -> orphan.instance().id()).collect(Collectors.toSet());
    Map<Long, List<ResourceId>> claimants =
        known.values().stream()
            .filter(resource -> resource.account().equals(Optional.of(account)))
            .filter(resource -> resource.instanceId().filter(ids::contains).isPresent())
            .collect(
                Collectors.groupingBy(
                    resource -> resource.instanceId().orElseThrow(),
                    Collectors.mapping(KnownResource::resource, Collectors.toList())));
    return left.stream()
        .map(orphan ->
            new ShownOrphan(orphan, claimants.getOrDefault(orphan.instance().id(), List.of())))
        .toList();
  }

  private static boolean isStill(String account, Orphan orphan, Map<String, KnownResource> known) {
    Optional<KnownResource> owner = Optional.ofNullable(known.get(orphan.ownershipTag()));
    return !isInUse(orphan.instance().id(), owner)
        && cause(account, owner).equals(Optional.of(orphan.cause()));
  }

  /** With any account in its owner's status: an account has had other fingerprints before. */
  private static boolean isInUse(long id, Optional<KnownResource> owner) {
    return owner.flatMap(KnownResource::instanceId).filter(used -> used == id).isPresent();
  }

  private static Optional<Orphan.OrphanCause> cause(String account, Optional<KnownResource> owner) {
    if (owner.isEmpty()) {
      return Optional.of(Orphan.OrphanCause.NO_RESOURCE);
    }
    boolean elsewhere =
        owner.get().instanceId().isPresent()
            && owner.get().account().filter(other -> !other.equals(account)).isPresent();
    return elsewhere ? Optional.of(Orphan.OrphanCause.RESOURCE_IN_OTHER_ACCOUNT) : Optional.empty();
  }

  private static Orphan orphan(
      AccountInstances listing, long id, String tag, Orphan.OrphanCause why) {
    return new Orphan(listing.instance(id).orElseThrow(), tag, why);
  }

  private static Duplicate duplicate(KnownResource owner, SortedSet<Long> ids) {
    return new Duplicate(
        owner.resource(),
        owner.instanceId().filter(ids::contains),
        ids.stream().filter(id -> !owner.instanceId().equals(Optional.of(id))).toList());
  }
}
