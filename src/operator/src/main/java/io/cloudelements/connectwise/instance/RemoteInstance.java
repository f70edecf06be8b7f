package io.cloudelements.connectwise.instance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An instance as one answer of the service showed it. Only {@code id} and {@code token} are certain
 * (contract §2); another field that an answer lacks is unknown, which is not the same as false or
 * empty (contract §11).
 *
 * @param configuration the entries shown, nulls left out; values may be masked
 */
public record RemoteInstance(
    long id,
    SecretValue token,
    Optional<String> name,
    Optional<String> elementKey,
    Optional<Set<String>> tags,
    Availability availability,
    Map<String, String> configuration) {
  public RemoteInstance {
    tags = tags.map(Set::copyOf);
    configuration = Map.copyOf(configuration);
  }

  /** One of which nothing else is known. */
  public static RemoteInstance known(long id, SecretValue token) {
    return new RemoteInstance(
        id,
        token,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Availability.UNKNOWN,
        Map.of());
  }

  public Optional<Boolean> valid() {
    return availability.valid();
  }

  public Optional<Boolean> disabled() {
    return availability.disabled();
  }

  public boolean carries(OwnershipTag tag) {
    return tags.map(known -> known.contains(tag.value())).orElse(false);
  }

  /**
   * This instance after a call that switched it on or off, whose answer has no body (contract §5).
   */
  public RemoteInstance withDisabled(boolean off) {
    return new RemoteInstance(
        id,
        token,
        name,
        elementKey,
        tags,
        new Availability(valid(), Optional.of(off)),
        configuration);
  }

  /** The same, as far as it need be kept. */
  public RemoteInstance withoutConfiguration() {
    return new RemoteInstance(id, token, name, elementKey, tags, availability, Map.of());
  }

  /**
   * The answer to a change, completed with what a change leaves alone and an answer may lack. What
   * the change was about stays unknown when the answer does not show it.
   */
  public RemoteInstance following(RemoteInstance earlier) {
    return new RemoteInstance(
        id,
        token,
        name,
        elementKey.or(earlier::elementKey),
        tags,
        new Availability(valid(), disabled().or(earlier::disabled)),
        configuration);
  }
}
