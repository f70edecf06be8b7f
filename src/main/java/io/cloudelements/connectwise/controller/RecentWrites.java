package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Versions that this process wrote. An event that shows one of them is an echo, and a cached
 * resource that is older than one of them must not be acted on.
 */
public final class RecentWrites {
  /** More than are ever on their way back through the watches; beyond it the oldest are dropped. */
  private static final int SECRETS_KEPT = 10_000;

  private record Written(String uid, String version) {}

  private final Map<ResourceId, Written> resources = new ConcurrentHashMap<>();
  private final Set<String> secretVersions = new LinkedHashSet<>();

  /** By Secret, since its resource's pass last read it. */
  private final Map<ResourceId, String> secrets = new ConcurrentHashMap<>();

  /** Events about Secrets whose write has no answer yet: whose they are shows with the answer. */
  private final Map<ResourceId, List<Secret>> undecided = new HashMap<>();

  private volatile Consumer<Secret> missedNews = _ -> {};

  void resourceWritten(ResourceId id, String uid, String version) {
    resources.put(id, new Written(uid, version));
  }

  /** Whether what is seen here is what our last write of this very resource left behind. */
  boolean isLastVersion(ConnectWiseInstance seen) {
    return lastVersion(seen).filter(seen.getMetadata().getResourceVersion()::equals).isPresent();
  }

  /**
   * The version that our last write of this very resource left behind, if it is newer than what is
   * seen here.
   */
  Optional<String> newerThan(ConnectWiseInstance seen) {
    return lastVersion(seen)
        .filter(
            written -> ResourceVersions.isNewer(written, seen.getMetadata().getResourceVersion()));
  }

  private Optional<String> lastVersion(ConnectWiseInstance seen) {
    return Optional.ofNullable(resources.get(idOf(seen)))
        .filter(written -> written.uid().equals(seen.getMetadata().getUid()))
        .map(Written::version);
  }

  void forget(ResourceId resource) {
    resources.remove(resource);
  }

  /**
   * Writes a Secret. Its event may arrive before the answer; so events about it wait for the
   * answer, and those that turn out to be somebody else's are told then.
   */
  void writeSecret(Secret about, Supplier<Secret> write) {
    synchronized (this) {
      undecided.put(idOf(about), new ArrayList<>());
    }
    List<Secret> others = List.of();
    try {
      String version = write.get().getMetadata().getResourceVersion();
      others = decided(about, Optional.of(version));
    } catch (RuntimeException e) {
      others = decided(about, Optional.empty());
      throw e;
    } finally {
      others.forEach(missedNews);
    }
  }

  private synchronized List<Secret> decided(Secret about, Optional<String> ours) {
    ours.ifPresent(version -> {
      secretVersions.add(version);
      secrets.put(idOf(about), version);
    });
    if (secretVersions.size() > SECRETS_KEPT) {
      secretVersions.remove(secretVersions.iterator().next());
    }
    List<Secret> seen = Optional.ofNullable(undecided.remove(idOf(about))).orElse(List.of());
    return seen.stream()
        .filter(secret -> !isSecretVersion(secret.getMetadata().getResourceVersion()))
        .toList();
  }

  /** The version that we wrote of a Secret since it was last read. */
  Optional<String> secretVersion(ResourceId secret) {
    return Optional.ofNullable(secrets.get(secret));
  }

  /** Whoever reads a Secret knows its version better. */
  void secretIsRead(ResourceId secret) {
    secrets.remove(secret);
  }

  private synchronized boolean isSecretVersion(String version) {
    return secretVersions.contains(version);
  }

  /** Whether an event about this Secret is surely somebody else's doing. */
  synchronized boolean isNews(Secret seen) {
    Optional<List<Secret>> waiting = Optional.ofNullable(undecided.get(idOf(seen)));
    waiting.ifPresent(events -> events.add(seen));
    return waiting.isEmpty() && !isSecretVersion(seen.getMetadata().getResourceVersion());
  }

  /** Who is told of somebody else's doing that came to light late. */
  void onMissedNews(Consumer<Secret> listener) {
    missedNews = listener;
  }

  private static ResourceId idOf(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    return new ResourceId(metadata.getNamespace(), metadata.getName());
  }
}
