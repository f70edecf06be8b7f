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
import java.time.Instant;
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

  /** An instance that is an orphan at this moment, and the account in which it is. */
  record Confirmed(RemoteInstance instance, AccountOptions.Opened account) {}

  /**
   * The instance with the ownership tag that the operator saw, and no other one.
   *
   * @param opened the accounts in which it may be
   * @throws CommandFailure it is no orphan, another cluster's, or in none of the accounts
   */
  Confirmed confirmed(InstancesApi instances, List<AccountOptions.Opened> opened, long id) {
    for (AccountOptions.Opened account : opened) {
      Optional<RemoteInstance> seen = seen(instances, account.access(), id);
      if (seen.isPresent()) {
        requireOrphan(seen.get());
        return new Confirmed(seen.get(), account);
      }
    }
    throw CommandFailure.failed(
        opened.size() == 1
            ? "Instance " + id + " is not in this account."
            : "Instance " + id + " is in none of " + opened.size() + " accounts.");
  }

  private void requireOrphan(RemoteInstance seen) {
    long id = seen.id();
    Set<String> tags =
        seen.tags()
            .orElseThrow(() ->
                CommandFailure.failed(
                    "The service does not show the tags of instance %d, so its owner is unknown."
                        .formatted(id)));
    OwnershipTag tag =
        all().stream()
            .filter(known -> known.id() == id)
            .map(known -> new OwnershipTag(known.ownershipTag()))
            .findFirst()
            .orElseThrow(() -> CommandFailure.failed(noOrphan(id, tags)));
    tag.foreignAmong(tags)
        .ifPresent(foreign -> {
          throw CommandFailure.failed(
              "Instance %d carries the ownership tag %s of another %s, which may use it."
                  .formatted(id, foreign, tag.sameCluster(foreign) ? "resource" : "cluster"));
        });
    if (!tags.contains(tag.value())) {
      throw CommandFailure.failed(
          "Instance %d does not carry the tag %s any more, by which the operator found it."
              .formatted(id, tag));
    }
  }

  private static String noOrphan(long id, Set<String> tags) {
    return "Instance %d is not among the orphans that the operator reports.".formatted(id)
        + tags.stream()
            .filter(tag -> OwnershipTag.isReserved(tag) && !tag.equals(OwnershipTag.MARKER))
            .findFirst()
            .map(tag -> " It carries the ownership tag " + tag + ", whose owner may use it.")
            .orElse(" It carries no ownership tag.");
  }

  private static Optional<RemoteInstance> seen(
      InstancesApi instances, AccountAccess access, long id) {
    try {
      return Optional.of(instances.read(access, id));
    } catch (InstancesApiException e) {
      if (e.failure() instanceof RemoteFailure.NotFound) {
        return Optional.empty();
      }
      throw failed(e, access);
    }
  }

  static CommandFailure failed(InstancesApiException e, AccountAccess access) {
    return CommandFailure.failed(
        FailureOutcomes.of(e.failure(), access.account().fingerprint(), Instant.EPOCH).message());
  }
}
