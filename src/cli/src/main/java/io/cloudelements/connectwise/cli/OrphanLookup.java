package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanPage.OrphanedInstance;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Orphans as the operator reports them, and each as the service shows it at this moment. */
record OrphanLookup(OrphanPage page) {
  /**
   * @param document of the page
   * @throws CommandFailure it is no such page, or the operator cannot tell
   */
  static OrphanLookup read(OperatorPort port, String document) {
    try {
      OrphanPage page = OrphanPage.parse(document);
      if (!page.enabled()) {
        throw CommandFailure.failed(
            "This operator does not look for orphans: "
                + Objects.requireNonNullElse(page.reason(), "it does not say why"));
      }
      if (page.accounts().isEmpty()) {
        throw CommandFailure.failed(
            "No account has been listed. Ask the replica that holds the Lease; after its start the"
                + " first listing takes a few minutes, and without resources there is none.");
      }
      return new OrphanLookup(page);
    } catch (JsonProcessingException e) {
      throw CommandFailure.failed(
          port.address(OrphanPage.PATH)
              + " does not answer with a report of orphans: is this the operator's port?");
    }
  }

  /** Every orphan of every account that was listed. */
  List<OrphanedInstance> all() {
    return page.accounts().stream().flatMap(account -> account.orphans().stream()).toList();
  }

  /**
   * An instance that is an orphan at this moment.
   *
   * @param tag of the resource that it had
   * @param account in which it is
   */
  record Confirmed(RemoteInstance instance, OwnershipTag tag, AccountOptions.Opened account) {}

  /**
   * The instance with the ownership tag that the operator saw, and no other one. An account that
   * cannot be asked does not stop the search in the others.
   *
   * @param opened the accounts in which it may be
   * @throws CommandFailure it is no orphan, another cluster's, or in none of the accounts that
   *     could be asked
   */
  Confirmed confirmed(InstancesApi instances, List<AccountOptions.Opened> opened, long id) {
    List<String> troubles = new ArrayList<>();
    for (AccountOptions.Opened account : opened) {
      try {
        RemoteInstance seen = instances.read(account.access(), id);
        Optional<String> whyAnother = whyAnother(seen);
        if (whyAnother.isEmpty()) {
          return new Confirmed(seen, carried(seen).orElseThrow(), account);
        }
        troubles.add(whyAnother.get());
      } catch (InstancesApiException e) {
        if (!(e.failure() instanceof RemoteFailure.NotFound)) {
          troubles.add(
              "%s could not be asked: %s"
                  .formatted(shown(account.reference()), message(e, account.access())));
        }
      }
    }
    if (troubles.isEmpty() || opened.size() > 1) {
      troubles.addFirst(
          opened.size() == 1
              ? "Instance " + id + " is not in this account."
              : "The orphan " + id + " was found in none of " + opened.size() + " accounts.");
    }
    throw CommandFailure.failed(String.join(" ", troubles));
  }

  /**
   * Why an instance of the right id is not the one that is reported: another platform may give the
   * same id.
   *
   * @throws CommandFailure none of that id is reported, or the reported one has another owner
   */
  private Optional<String> whyAnother(RemoteInstance seen) {
    long id = seen.id();
    if (seen.tags().isEmpty()) {
      return Optional.of(
          "The service does not show the tags of instance %d, so its owner is unknown."
              .formatted(id));
    }
    Set<String> tags = seen.tags().get();
    List<OwnershipTag> reported = reported(id);
    if (reported.isEmpty()) {
      throw CommandFailure.failed(noOrphan(id, tags));
    }
    Optional<OwnershipTag> carried = carried(seen);
    OwnershipTag tag = carried.orElseGet(reported::getFirst);
    Optional<String> owned = otherOwner(id, tag, tags);
    if (carried.isPresent() && owned.isPresent()) {
      throw CommandFailure.failed(owned.get());
    }
    return carried.isPresent()
        ? Optional.empty()
        : owned.or(() ->
            Optional.of(
                "Instance %d does not carry the tag %s any more, by which the operator found it."
                    .formatted(id, tag)));
  }

  private List<OwnershipTag> reported(long id) {
    return all().stream()
        .filter(known -> known.id() == id)
        .map(OrphanedInstance::ownershipTag)
        // the operator may be of a version that reports what only begins like one
        .filter(OwnershipTag::isOne)
        .map(OwnershipTag::new)
        .toList();
  }

  /** The reported tag that the instance still carries. */
  private Optional<OwnershipTag> carried(RemoteInstance seen) {
    Set<String> tags = seen.tags().orElse(Set.of());
    return reported(seen.id()).stream().filter(tag -> tags.contains(tag.value())).findFirst();
  }

  private static Optional<String> otherOwner(long id, OwnershipTag tag, Set<String> tags) {
    return tag.foreignAmong(tags)
        .map(foreign ->
            "Instance %d carries the ownership tag %s of another %s, which may use it."
                .formatted(id, foreign, tag.sameCluster(foreign) ? "resource" : "cluster"));
  }

  private static String noOrphan(long id, Set<String> tags) {
    return "Instance %d is not among the orphans that the operator reports.".formatted(id)
        + tags.stream()
            .filter(tag -> OwnershipTag.isReserved(tag) && !tag.equals(OwnershipTag.MARKER))
            .findFirst()
            .map(tag -> " It carries the ownership tag " + tag + ", whose owner may use it.")
            .orElse(" It carries no ownership tag.");
  }

  private static String shown(ExportedAccount account) {
    return switch (account) {
      case ExportedAccount.OfSecret(String name) -> "The account of Secret " + name;
      case ExportedAccount.OfObject(ResourceId name) -> "CloudElementsAccount " + name;
    };
  }

  static CommandFailure failed(InstancesApiException e, AccountAccess access) {
    return CommandFailure.failed(message(e, access));
  }

  private static String message(InstancesApiException e, AccountAccess access) {
    return FailureOutcomes.of(e.failure(), access.account().fingerprint(), Instant.EPOCH).message();
  }
}
