package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Versions that this process wrote. An event that shows one of them is an echo, and a cached
 * resource that is older than one of them must not be acted on.
 */
public final class OwnWrites {
  /** More than are ever on their way back through the watches; beyond it the oldest are dropped. */
  private static final int SECRETS_KEPT = 10_000;

  private record Written(String uid, String version) {}

  private final Map<ResourceId, Written> resources = new ConcurrentHashMap<>();
  private final Set<String> secrets =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<String, Boolean>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > SECRETS_KEPT;
                }
              }));

  void resourceWritten(ResourceId id, String uid, String version) {
    resources.put(id, new Written(uid, version));
  }

  void secretWritten(String version) {
    secrets.add(version);
  }

  /** Whether what is seen here is what our last write of this very resource left behind. */
  boolean isLastVersion(ConnectWiseInstance seen) {
    return lastVersion(seen).filter(seen.getMetadata().getResourceVersion()::equals).isPresent();
  }

  /**
   * The version that our last write of this very resource left behind, if it is newer than what is
   * seen here. Versions of one resource are numbers that grow. Were they something else one day,
   * the guarded writes alone would have to notice an old view, as they do anyway.
   */
  Optional<String> newerThan(ConnectWiseInstance seen) {
    return lastVersion(seen)
        .filter(written -> {
          try {
            return Long.parseLong(written)
                > Long.parseLong(seen.getMetadata().getResourceVersion());
          } catch (NumberFormatException e) {
            return false;
          }
        });
  }

  private Optional<String> lastVersion(ConnectWiseInstance seen) {
    ObjectMeta metadata = seen.getMetadata();
    return Optional.ofNullable(
            resources.get(new ResourceId(metadata.getNamespace(), metadata.getName())))
        .filter(written -> written.uid().equals(metadata.getUid()))
        .map(Written::version);
  }

  boolean isSecretVersion(String version) {
    return secrets.contains(version);
  }

  void forget(ResourceId id) {
    resources.remove(id);
  }
}
