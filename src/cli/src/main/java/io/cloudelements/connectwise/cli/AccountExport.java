package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cloudelements.AccountListing;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The manifests for an account's instances. */
record AccountExport(
    ExportSettings settings, CustomResourceSchema schema, Consumer<String> progress) {
  /** Reads at a time: fewer than an account has permits, and a few times faster than one by one. */
  private static final int READERS = 8;

  /**
   * @param notes what was left out and why, and what a person has to add
   */
  record ExportedManifests(List<ObjectNode> manifests, List<String> notes) {}

  /**
   * @throws InstancesApiException the account cannot be listed, or an instance cannot be read
   */
  ExportedManifests of(InstancesApi instances, AccountAccess access) {
    progress.accept("listing the account");
    List<ListedInstance> ours =
        AccountListing.whole(instances, access).stream()
            .filter(listed -> listed.elementKey().flatMap(Element::ofKey).isPresent())
            .sorted(Comparator.comparingLong(ListedInstance::id))
            .toList();
    ResourceNames names = ResourceNames.of(ours);
    ExportedManifests result = new ExportedManifests(new ArrayList<>(), new ArrayList<>());
    List<ListedInstance> free = new ArrayList<>();
    for (ListedInstance listed : ours) {
      Optional<String> owner = owner(listed.tags());
      owner.ifPresentOrElse(
          tag -> result.notes().add(owned(listed.id(), tag)), () -> free.add(listed));
    }
    for (RemoteInstance instance : read(instances, access, free, result)) {
      add(instance, names.of(instance.id()), result);
    }
    return result;
  }

  private void add(RemoteInstance instance, String name, ExportedManifests result) {
    Optional<Element> element = instance.elementKey().flatMap(Element::ofKey);
    Optional<String> owner = owner(instance.tags());
    if (owner.isPresent()) {
      result.notes().add(owned(instance.id(), owner.get()));
    } else if (element.isEmpty() || instance.tags().isEmpty()) {
      result
          .notes()
          .add(
              "Instance %d is left out: the service does not show its element and tags, so its owner is unknown."
                  .formatted(instance.id()));
    } else {
      InstanceManifest manifest =
          InstanceManifest.of(instance, element.get(), name, settings, schema);
      result.notes().addAll(manifest.notes(instance.id()));
      if (manifest.refusals().isEmpty()) {
        result.manifests().add(manifest.content());
      }
    }
  }

  /** Configuration comes by id only (contract §3). */
  private List<RemoteInstance> read(
      InstancesApi instances,
      AccountAccess access,
      List<ListedInstance> listed,
      ExportedManifests result) {
    List<RemoteInstance> read = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<Optional<RemoteInstance>>> pending =
          listed.stream()
              .map(each -> readers.submit(() -> read(instances, access, each.id())))
              .toList();
      try {
        for (int i = 0; i < pending.size(); i++) {
          long id = listed.get(i).id();
          pending
              .get(i)
              .get()
              .ifPresentOrElse(
                  read::add,
                  () -> result.notes().add("Instance " + id + " was deleted meanwhile."));
          progress.accept("instance %d of %d".formatted(i + 1, pending.size()));
        }
      } catch (ExecutionException e) {
        readers.shutdownNow();
        if (e.getCause() instanceof InstancesApiException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        readers.shutdownNow();
        Thread.currentThread().interrupt();
        throw CommandFailure.failed("interrupted");
      }
    }
    return read;
  }

  private static Optional<RemoteInstance> read(
      InstancesApi instances, AccountAccess access, long id) {
    try {
      return Optional.of(instances.read(access, id));
    } catch (InstancesApiException e) {
      if (e.failure() instanceof RemoteFailure.NotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<String> owner(Optional<Set<String>> tags) {
    return tags.flatMap(known ->
        known.stream()
            .filter(tag -> OwnershipTag.isReserved(tag) && !tag.equals(OwnershipTag.MARKER))
            .findFirst());
  }

  private static String owned(long id, String tag) {
    return "Instance %d is left out: a resource of this or another cluster owns it (tag %s)."
        .formatted(id, tag);
  }
}
