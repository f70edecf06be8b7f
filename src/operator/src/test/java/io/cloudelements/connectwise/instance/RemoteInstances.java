package io.cloudelements.connectwise.instance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Instances as the service shows them. */
public final class RemoteInstances {
  private RemoteInstances() {}

  /** Only what is certain in every answer (contract §2). */
  public static RemoteInstance bare(long id, String token) {
    return shown(id, token, Optional.empty());
  }

  /** The same with its tags. */
  public static RemoteInstance tagged(long id, String token, String... tags) {
    return shown(id, token, Optional.of(Set.of(tags)));
  }

  private static RemoteInstance shown(long id, String token, Optional<Set<String>> tags) {
    return new RemoteInstance(
        id,
        SecretValue.of(token),
        Optional.empty(),
        Optional.empty(),
        tags,
        Availability.UNKNOWN,
        Map.of());
  }
}
