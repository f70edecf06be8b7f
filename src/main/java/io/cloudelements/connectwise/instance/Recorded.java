package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the operator knows of a resource from earlier passes: the status, as the core reads and
 * rewrites it. Every step of a pass carries it forward, so that a failure loses nothing.
 *
 * @param blank the status was empty: never reconciled, or lost
 * @param account fingerprint of the account in which the instance was last seen, or is being made
 * @param configurationHash of what was last sent and certainly stored; empty while that is unknown
 * @param intent a {@code POST} of unknown outcome
 * @param recreatedAt when a creation was last recorded for a resource that had an instance before
 * @param lastReason why the previous pass ended as it did, when it was for this generation
 */
public record Recorded(
    boolean blank,
    Optional<Long> instanceId,
    Optional<String> elementKey,
    Optional<String> account,
    Optional<String> configurationHash,
    Optional<Boolean> valid,
    Optional<Boolean> disabled,
    Optional<Intent> intent,
    SortedSet<Long> duplicates,
    Optional<String> tokenSecret,
    Optional<Instant> recreatedAt,
    Optional<Reason> lastReason) {

  public static final Recorded NOTHING =
      new Recorded(
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new TreeSet<>(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * What is known of a resource that carries the finalizer under an empty status: the status was
   * lost, and a {@code POST} may be on its way, begun no later than now.
   */
  public static Recorded lost(Instant now) {
    return NOTHING.intending(new Intent(1, now), Optional.empty());
  }

  /** Whether the previous pass left the instance as this generation wants it. */
  public boolean converged() {
    return lastReason
        .map(reason ->
            switch (reason.kind()) {
              case READY, DEGRADED -> true;
              case PROGRESSING,
                  PLANNED,
                  SUSPENDED,
                  RETRYING,
                  STALLED,
                  REFUSED,
                  UNKNOWN,
                  DELETING,
                  DELETION_BLOCKED,
                  FINISHED ->
                  false;
            })
        .orElse(false);
  }

  /**
   * Whether a status that an earlier pass wrote shows that no creation has had an effect: none is
   * open, and no instance was ever seen or delivered. An empty status shows nothing of the kind.
   */
  public boolean nothingMade() {
    return !blank
        && intent.isEmpty()
        && instanceId.isEmpty()
        && elementKey.isEmpty()
        && configurationHash.isEmpty()
        && valid.isEmpty()
        && disabled.isEmpty()
        && duplicates.isEmpty()
        && tokenSecret.isEmpty()
        && recreatedAt.isEmpty();
  }

  /** With an intent there is no instance: whoever learns the outcome records it anew. */
  public Recorded intending(Intent open, Optional<String> inAccount) {
    return new Recorded(
        false,
        Optional.empty(),
        Optional.empty(),
        inAccount,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(open),
        duplicates,
        tokenSecret,
        instanceId.map(_ -> open.startedAt()).or(() -> recreatedAt),
        lastReason);
  }

  /** The intent came to nothing, for certain. */
  public Recorded withoutIntent() {
    return with(configurationHash, Optional.empty(), duplicates, tokenSecret);
  }

  /** The instance was seen, which also answers an open intent. */
  public Recorded seen(RemoteInstance instance, DesiredInstance desired) {
    boolean same = instanceId.filter(id -> id == instance.id()).isPresent();
    return new Recorded(
        false,
        Optional.of(instance.id()),
        Optional.of(instance.elementKey().orElse(desired.element().key())),
        Optional.of(desired.account().fingerprint()),
        same ? configurationHash : Optional.empty(),
        instance.valid(),
        instance.disabled(),
        Optional.empty(),
        duplicates,
        tokenSecret,
        recreatedAt,
        lastReason);
  }

  public Recorded withConfigurationHash(Optional<String> hash) {
    return with(hash, intent, duplicates, tokenSecret);
  }

  public Recorded withDuplicates(SortedSet<Long> others) {
    return with(configurationHash, intent, others, tokenSecret);
  }

  /** The same facts, whatever was said of them. */
  public Recorded withoutReason() {
    return new Recorded(
        blank,
        instanceId,
        elementKey,
        account,
        configurationHash,
        valid,
        disabled,
        intent,
        duplicates,
        tokenSecret,
        recreatedAt,
        Optional.empty());
  }

  public Recorded withTokenSecret(String name) {
    return with(configurationHash, intent, duplicates, Optional.of(name));
  }

  private Recorded with(
      Optional<String> hash,
      Optional<Intent> open,
      SortedSet<Long> others,
      Optional<String> delivered) {
    return new Recorded(
        blank,
        instanceId,
        elementKey,
        account,
        hash,
        valid,
        disabled,
        open,
        others,
        delivered,
        recreatedAt,
        lastReason);
  }
}
