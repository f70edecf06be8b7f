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
 * @param adoption of an existing instance, under way or followed
 * @param takenOver the value of the annotation {@code take-over} that has been followed: it is good
 *     for once
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
    Optional<Adoption> adoption,
    SortedSet<Long> duplicates,
    Optional<String> tokenSecret,
    Optional<Instant> recreatedAt,
    Optional<String> takenOver,
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
          Optional.empty(),
          new TreeSet<>(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * What is known of a resource that carries the finalizer under an empty status: the status was
   * lost, and a {@code POST}, or an adoption where one is asked for, may be on its way, begun no
   * later than now.
   */
  public static Recorded lost(Instant now, Optional<Long> adoptInstanceId) {
    Recorded intending = NOTHING.intending(new Intent(1, now), Optional.empty());
    return intending.withAdoption(
        adoptInstanceId.map(id -> new Adoption.Open(id, now, Optional.empty())));
  }

  /** Whether the previous reconcile left the instance as this generation wants it. */
  public boolean inSync() {
    return lastReason
        .filter(reason -> reason.kind().synced() == Reason.ConditionStatus.TRUE)
        .isPresent();
  }

  /**
   * Whether a status that an earlier pass wrote shows that no creation has had an effect: none is
   * open, and no instance was ever seen or delivered. An empty status shows nothing of the kind.
   */
  public boolean nothingMade() {
    return !blank
        && intent.isEmpty()
        && adoption.isEmpty()
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
        adoption,
        duplicates,
        tokenSecret,
        instanceId.map(_ -> open.startedAt()).or(() -> recreatedAt),
        takenOver,
        lastReason);
  }

  /** The intent came to nothing, for certain. */
  public Recorded withoutIntent() {
    return with(configurationHash, Optional.empty(), adoption, duplicates, tokenSecret);
  }

  /** An adoption begins; what was recorded of another instance is over. */
  public Recorded adopting(Adoption.Open open, String inAccount) {
    Recorded before = instanceId.filter(id -> id == open.instanceId()).isPresent() ? this : NOTHING;
    return new Recorded(
        false,
        before.instanceId,
        before.elementKey,
        Optional.of(inAccount),
        before.configurationHash,
        before.valid,
        before.disabled,
        Optional.empty(),
        Optional.of(open),
        duplicates,
        tokenSecret,
        recreatedAt,
        takenOver,
        lastReason);
  }

  /**
   * This resource's instance was seen, which also answers an open intent and tells the id that an
   * adopted one has now.
   */
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
        adoption.map(before ->
            before instanceof Adoption.Open open
                ? new Adoption.Open(instance.id(), open.startedAt(), open.foundTags())
                : before),
        duplicates,
        tokenSecret,
        recreatedAt,
        followed(instance, desired),
        lastReason);
  }

  /** What names the instance that this resource has need not be followed again. */
  private static Optional<String> followed(RemoteInstance instance, DesiredInstance desired) {
    boolean taken = desired.policy() == ManagementPolicy.MANAGE && desired.takesOver(instance.id());
    return desired.takeOver().filter(_ -> taken);
  }

  /**
   * The instance is ready: it is this resource's for good.
   *
   * @param asked {@code spec.adoptInstanceId}
   */
  public Recorded adopted(Optional<Long> asked) {
    if (adoption.isPresent() && openAdoption().isEmpty()) {
      return this;
    }
    boolean followed = adoption.isPresent() || asked.equals(instanceId);
    return withAdoption(
        instanceId.filter(_ -> followed && asked.isPresent()).map(Adoption.Settled::new));
  }

  /** Which adoption is not complete. */
  public Optional<Adoption.Open> openAdoption() {
    return adoption.filter(Adoption.Open.class::isInstance).map(Adoption.Open.class::cast);
  }

  public Recorded withAdoption(Optional<Adoption> other) {
    return with(configurationHash, intent, other, duplicates, tokenSecret);
  }

  public Recorded withConfigurationHash(Optional<String> hash) {
    return with(hash, intent, adoption, duplicates, tokenSecret);
  }

  public Recorded withDuplicates(SortedSet<Long> others) {
    return with(configurationHash, intent, adoption, others, tokenSecret);
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
        adoption,
        duplicates,
        tokenSecret,
        recreatedAt,
        takenOver,
        Optional.empty());
  }

  public Recorded withTokenSecret(String name) {
    return with(configurationHash, intent, adoption, duplicates, Optional.of(name));
  }

  private Recorded with(
      Optional<String> hash,
      Optional<Intent> open,
      Optional<Adoption> adopting,
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
        adopting,
        others,
        delivered,
        recreatedAt,
        takenOver,
        lastReason);
  }
}
