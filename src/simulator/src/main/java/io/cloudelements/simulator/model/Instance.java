package io.cloudelements.simulator.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The truth about an element instance at one moment, secrets in clear.
 *
 * @param ownerId the user who created it
 * @param configuration the entries that have a value; answers add the element's others as null
 * @param valid what answers say; a dead instance was accepted with false (contract §7)
 * @param deleted deletion is soft: the record stays, its token is dead (contract §5)
 * @param inUse something refers to it, so that deleting it is a conflict (contract §5)
 */
public record Instance(
    long id,
    String token,
    long ownerId,
    String elementKey,
    String name,
    Set<String> tags,
    Map<String, String> configuration,
    boolean valid,
    boolean disabled,
    boolean deleted,
    boolean inUse,
    String externalAuthentication,
    Instant createdAt) {

  public Instance {
    // copies that keep the order, so that the same calls give the same answers
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }

  /** One before it is made: without id and token, and with nothing against it. */
  static Instance draft(
      User owner,
      String elementKey,
      String name,
      Set<String> tags,
      Map<String, String> configuration,
      String externalAuthentication,
      Instant createdAt) {
    return new Instance(
        0,
        "",
        owner.id(),
        elementKey,
        name,
        tags,
        configuration,
        true,
        false,
        false,
        false,
        externalAuthentication,
        createdAt);
  }

  /** Whether it exists for its owner. */
  public boolean isLive() {
    return !deleted;
  }

  Instance with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /** Without token and configuration, which carry secrets. */
  @Override
  public String toString() {
    return "instance %d (%s, \"%s\", tags %s%s%s%s)"
        .formatted(
            id,
            elementKey,
            name,
            tags,
            valid ? "" : ", invalid",
            disabled ? ", disabled" : "",
            deleted ? ", deleted" : "");
  }

  /** What may change in the life of an instance. */
  static final class Draft {
    private final Instance before;
    long id;
    String token;
    String name;
    Set<String> tags;
    Map<String, String> configuration;
    boolean valid;
    boolean disabled;
    boolean deleted;
    boolean inUse;

    private Draft(Instance before) {
      this.before = before;
      id = before.id;
      token = before.token;
      name = before.name;
      tags = before.tags;
      configuration = before.configuration;
      valid = before.valid;
      disabled = before.disabled;
      deleted = before.deleted;
      inUse = before.inUse;
    }

    private Instance finish() {
      return new Instance(
          id,
          token,
          before.ownerId,
          before.elementKey,
          name,
          tags,
          configuration,
          valid,
          disabled,
          deleted,
          inUse,
          before.externalAuthentication,
          before.createdAt);
    }
  }
}
