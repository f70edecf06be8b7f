package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.SecretReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds how many passes with the same credentials are under way: a pass holds what it has gathered
 * while it waits for its account's turn, and ten thousand new resources would hold more than a
 * process has. The others wait here with nothing in their hands. Resources with other credentials
 * are never waited for, nor do changes and deletions wait for creations.
 */
public final class PassPlaces {
  private static final int FEWEST = 64;

  /** What a resource's next pass is about, as far as the cache tells. */
  private enum Occasion {
    CREATION,
    CHANGE,
    LOOK
  }

  private record Key(String namespace, String secret, Occasion occasion) {}

  private record Places(Semaphore free, int users) {}

  private final Map<Key, Places> inUse = new ConcurrentHashMap<>();
  private final int bound;

  /**
   * @param maxConcurrent calls that may be in flight per account; enough passes for twice as many
   *     are let in, so that the account never runs dry
   */
  public PassPlaces(int maxConcurrent) {
    this.bound = Math.max(FEWEST, 2 * maxConcurrent);
  }

  /** Runs a pass when there is a place for it. */
  <T> T in(ConnectWiseInstance resource, Supplier<T> pass) {
    Key key = key(resource);
    Semaphore free =
        inUse
            .compute(
                key,
                (_, known) ->
                    known == null
                        ? new Places(new Semaphore(bound, true), 1)
                        : new Places(known.free(), known.users() + 1))
            .free();
    free.acquireUninterruptibly();
    try {
      return pass.get();
    } finally {
      free.release();
      inUse.computeIfPresent(
          key,
          (_, known) -> known.users() == 1 ? null : new Places(known.free(), known.users() - 1));
    }
  }

  /** Credentials for which something is remembered. */
  int size() {
    return inUse.size();
  }

  private static Key key(ConnectWiseInstance resource) {
    Optional<ConnectWiseInstanceSpec> spec = Optional.ofNullable(resource.getSpec());
    String secret =
        spec.flatMap(known -> Optional.ofNullable(known.accountSecretRef()))
            .or(() -> spec.flatMap(known -> Optional.ofNullable(known.credentialsSecretRef())))
            .map(SecretReference::name)
            .orElse("");
    return new Key(resource.getMetadata().getNamespace(), secret, occasion(resource));
  }

  private static Occasion occasion(ConnectWiseInstance resource) {
    if (!ReadingPlaces.hasNews(resource)) {
      return Occasion.LOOK;
    }
    return resource.getStatus() == null && resource.getMetadata().getDeletionTimestamp() == null
        ? Occasion.CREATION
        : Occasion.CHANGE;
  }
}
