package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The versions that this process wrote. An event that shows one of them is an echo, and a cached
 * resource that is older than one of them must not be acted on. Not made for several threads.
 */
public final class WrittenVersions {
  /** More than are ever on their way back through the watches; beyond it the oldest are dropped. */
  private static final int SECRETS_KEPT = 10_000;

  private record Written(String uid, String version) {}

  /** Resources may share a Secret by mistake, so that several write it at once. */
  private static final class OpenWrites {
    private final List<Secret> seen = new ArrayList<>();
    private int count;
  }

  private final Map<ResourceId, Written> resources = new HashMap<>();
  private final Set<String> secretVersions = new LinkedHashSet<>();

  /** By Secret, from its write to the end of the reconcile that made it. */
  private final Map<ResourceId, String> secrets = new HashMap<>();

  /**
   * Events about Secrets whose write has no answer yet: the answer shows whether they are echoes.
   */
  private final Map<ResourceId, OpenWrites> undecided = new HashMap<>();

  public void resourceWritten(ResourceId id, String uid, String version) {
    resources.put(id, new Written(uid, version));
  }

  /** Whether what is seen here is what our last write of this very resource left behind. */
  public boolean isLastVersion(ConnectWiseInstance seen) {
    return lastVersion(seen).filter(seen.getMetadata().getResourceVersion()::equals).isPresent();
  }

  /**
   * The version that our last write of this very resource left behind, if it is newer than what is
   * seen here.
   */
  public Optional<String> newerThan(ConnectWiseInstance seen) {
    return lastVersion(seen)
        .filter(
            written -> ResourceVersions.isNewer(written, seen.getMetadata().getResourceVersion()));
  }

  private Optional<String> lastVersion(ConnectWiseInstance seen) {
    return Optional.ofNullable(resources.get(idOf(seen)))
        .filter(written -> written.uid().equals(seen.getMetadata().getUid()))
        .map(Written::version);
  }

  /** The resource is gone. */
  public void forget(ResourceId resource) {
    resources.remove(resource);
  }

  /** From here to its answer, events about the Secret may be echoes. */
  public void secretWriteBegins(Secret about) {
    undecided.computeIfAbsent(idOf(about), _ -> new OpenWrites()).count++;
  }

  /**
   * The write has an answer.
   *
   * @param version that it left behind; empty when it failed
   * @return what the watch showed meanwhile and another writer wrote
   */
  public List<Secret> secretWriteEnds(Secret about, Optional<String> version) {
    version.ifPresent(written -> {
      secretVersions.add(written);
      secrets.put(idOf(about), written);
    });
    if (secretVersions.size() > SECRETS_KEPT) {
      secretVersions.remove(secretVersions.iterator().next());
    }
    return decided(idOf(about)).stream()
        .filter(secret -> !secretVersions.contains(secret.getMetadata().getResourceVersion()))
        .toList();
  }

  /** With the answer to its last open write all events about a Secret can be judged. */
  private List<Secret> decided(ResourceId secret) {
    OpenWrites open = undecided.get(secret);
    if (open == null) {
      return List.of();
    }
    open.count--;
    if (open.count > 0) {
      return List.of();
    }
    undecided.remove(secret);
    return open.seen;
  }

  /** A read supersedes the written version. */
  public void secretIsRead(ResourceId secret) {
    secrets.remove(secret);
  }

  /** Whether an event about this Secret is certainly another writer's. */
  public boolean isForeign(Secret seen) {
    Optional<OpenWrites> waiting = Optional.ofNullable(undecided.get(idOf(seen)));
    waiting.ifPresent(open -> open.seen.add(seen));
    return waiting.isEmpty() && !secretVersions.contains(seen.getMetadata().getResourceVersion());
  }

  /**
   * What a reconcile that ended read, with the versions that it left behind where it wrote. Those
   * of its Secrets are forgotten: the next reconcile reads them, and a resource that is gone has
   * none.
   */
  public ObservedInputs leftBy(ReconcileInput input) {
    ConnectWiseInstance resource = input.resource();
    ObservedInputs left =
        ObservedInputs.of(
            resource,
            name ->
                Optional.ofNullable(secrets.remove(new ResourceId(input.id().namespace(), name)))
                    .or(() -> ObservedInputs.secretVersion(input, name)),
            input.account().version());
    return newerThan(resource).map(left::withVersion).orElse(left);
  }

  private static ResourceId idOf(HasMetadata object) {
    return new ResourceId(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
