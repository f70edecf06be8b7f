package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the operator knows of a resource from earlier reconciles: the status, as the core reads and
 * rewrites it. Every step of a reconcile carries it forward, so that a failure loses nothing.
 *
 * @param blank the status was empty: never reconciled, or lost
 * @param lastReason why the previous reconcile ended as it did, when it was for this generation
 */
public record Recorded(
    boolean blank,
    LastSeen instance,
    Creation creation,
    TakeOver takeOver,
    SortedSet<Long> duplicates,
    Optional<String> tokenSecret,
    Optional<Reason> lastReason) {

  /**
   * The instance that was last seen.
   *
   * @param account fingerprint of the account in which it was seen, or is being made
   * @param configurationHash of what was last sent and certainly stored; empty while unknown
   */
  public record LastSeen(
      Optional<Long> id,
      Optional<String> elementKey,
      Optional<String> account,
      Optional<String> configurationHash,
      Availability availability) {
    static final LastSeen NONE = madeIn(Optional.empty());

    static LastSeen madeIn(Optional<String> account) {
      return new LastSeen(
          Optional.empty(), Optional.empty(), account, Optional.empty(), Availability.UNKNOWN);
    }

    LastSeen withConfigurationHash(Optional<String> hash) {
      return new LastSeen(id, elementKey, account, hash, availability);
    }
  }

  /**
   * @param intent a {@code POST} of unknown outcome
   * @param recreatedAt when a creation was last recorded for a resource that had an instance before
   * @param held what waits for a person, kept through other failures and changes
   */
  public record Creation(Optional<Intent> intent, Optional<Instant> recreatedAt, HeldStep held) {
    static final Creation NONE = new Creation(Optional.empty(), Optional.empty(), HeldStep.NONE);

    Creation withoutIntent() {
      return new Creation(Optional.empty(), recreatedAt, held);
    }

    Creation withoutHold() {
      return new Creation(intent, recreatedAt, HeldStep.NONE);
    }
  }

  /**
   * @param adoption of an existing instance, under way or followed
   * @param takenOver the value of the annotation {@code take-over} that has been followed: it is
   *     good for once
   */
  public record TakeOver(Optional<Adoption> adoption, Optional<String> takenOver) {}

  public static final Recorded NOTHING =
      new Recorded(
          true,
          LastSeen.NONE,
          Creation.NONE,
          new TakeOver(Optional.empty(), Optional.empty()),
          new TreeSet<>(),
          Optional.empty(),
          Optional.empty());

  public Optional<Long> instanceId() {
    return instance.id();
  }

  public Optional<String> elementKey() {
    return instance.elementKey();
  }

  public Optional<String> account() {
    return instance.account();
  }

  public Optional<String> configurationHash() {
    return instance.configurationHash();
  }

  public Optional<Boolean> valid() {
    return instance.availability().valid();
  }

  public Optional<Boolean> disabled() {
    return instance.availability().disabled();
  }

  public Optional<Intent> intent() {
    return creation.intent();
  }

  public Optional<Instant> recreatedAt() {
    return creation.recreatedAt();
  }

  public boolean recreationHeld() {
    return creation.held() == HeldStep.RECREATION;
  }

  public boolean deletionHeld() {
    return creation.held() == HeldStep.DELETION;
  }

  /** Whether there is an instance, or may be one. */
  public boolean mayHaveInstance() {
    return instanceId().isPresent() || intent().isPresent();
  }

  public Optional<Adoption> adoption() {
    return takeOver.adoption();
  }

  public Optional<String> takenOver() {
    return takeOver.takenOver();
  }

  /**
   * What is known of a resource that carries the finalizer under an empty status: the status was
   * lost, and a {@code POST}, or an adoption where one is asked for, may be on its way, begun no
   * later than now.
   */
  public static Recorded lost(Instant now, Optional<Long> adoptInstanceId) {
    Recorded withIntent = NOTHING.withIntent(new Intent(1, now), Optional.empty());
    return withIntent.withAdoption(
        adoptInstanceId.map(id -> new Adoption.Open(id, now, Optional.empty())));
  }

  /** Whether the previous reconcile left the instance as this generation wants it. */
  public boolean inSync() {
    return lastReason
        .filter(reason -> reason.kind().synced() == Reason.ConditionStatus.TRUE)
        .isPresent();
  }

  /**
   * Whether a status that an earlier reconcile wrote shows that no creation has had an effect: none
   * is open, and no instance was ever seen or delivered. An empty status shows nothing of the kind.
   */
  public boolean nothingMade() {
    return !blank
        && instance.equals(LastSeen.madeIn(account()))
        && intent().isEmpty()
        && recreatedAt().isEmpty()
        && adoption().isEmpty()
        && duplicates.isEmpty()
        && tokenSecret.isEmpty();
  }

  /** With an intent no instance is recorded: the reconcile that learns the outcome records it. */
  public Recorded withIntent(Intent open, Optional<String> inAccount) {
    Optional<Instant> again = instanceId().map(_ -> open.startedAt()).or(this::recreatedAt);
    return with(
        LastSeen.madeIn(inAccount),
        new Creation(Optional.of(open), again, creation.held().afterRecord()),
        takeOver);
  }

  /** Ends a hold when the account shows the instance, even one that may not be used. */
  public Recorded withoutHoldIfShown(Observation seen, Account account) {
    boolean shown =
        seen.byId() instanceof Observation.Lookup.Found(RemoteInstance found)
            && instanceId().equals(Optional.of(found.id()))
            && account().filter(account::isKnownAs).isPresent();
    return shown ? with(creation.withoutHold(), takeOver, duplicates, tokenSecret) : this;
  }

  /** Its deletion was let go. */
  public Recorded withoutHold() {
    return with(creation.withoutHold(), takeOver, duplicates, tokenSecret);
  }

  /** The intent came to nothing, for certain. */
  public Recorded withoutIntent() {
    return with(creation.withoutIntent(), takeOver, duplicates, tokenSecret);
  }

  /** An adoption begins; what was recorded of another instance is over. */
  public Recorded adopting(Adoption.Open open, String inAccount) {
    boolean same = instanceId().filter(id -> id == open.instanceId()).isPresent();
    LastSeen before = same ? instance : LastSeen.NONE;
    return with(
        new LastSeen(
            before.id(),
            before.elementKey(),
            Optional.of(inAccount),
            before.configurationHash(),
            before.availability()),
        new Creation(Optional.empty(), recreatedAt(), creation.held().afterRecord()),
        new TakeOver(Optional.of(open), takenOver()));
  }

  /**
   * This resource's instance was seen, which also answers an open intent and tells the id that an
   * adopted one has now.
   */
  public Recorded seen(RemoteInstance found, DesiredInstance desired) {
    boolean same = instanceId().filter(id -> id == found.id()).isPresent();
    Optional<Adoption> followedUp =
        adoption()
            .map(before ->
                before instanceof Adoption.Open open
                    ? new Adoption.Open(found.id(), open.startedAt(), open.foundTags())
                    : before);
    return with(
        new LastSeen(
            Optional.of(found.id()),
            Optional.of(found.elementKey().orElse(desired.element().key())),
            Optional.of(desired.account().fingerprint()),
            same ? configurationHash() : Optional.empty(),
            found.availability()),
        creation.withoutIntent().withoutHold(),
        new TakeOver(followedUp, followed(found, desired)));
  }

  /** A request that names this resource's own instance need not be followed again. */
  private Optional<String> followed(RemoteInstance instance, DesiredInstance desired) {
    return desired.policy() == ManagementPolicy.MANAGE
        ? desired.takeOver().filter(_ -> desired.namesToTake(instance.id()))
        : takenOver();
  }

  /**
   * The instance is ready: it is this resource's for good.
   *
   * @param asked {@code spec.adoptInstanceId}
   */
  public Recorded adopted(Optional<Long> asked) {
    if (adoption().isPresent() && openAdoption().isEmpty()) {
      return this;
    }
    boolean followed = adoption().isPresent() || asked.equals(instanceId());
    return withAdoption(
        instanceId().filter(_ -> followed && asked.isPresent()).map(Adoption.Completed::new));
  }

  /** Which adoption is not complete. */
  public Optional<Adoption.Open> openAdoption() {
    return adoption().filter(Adoption.Open.class::isInstance).map(Adoption.Open.class::cast);
  }

  public Recorded withAdoption(Optional<Adoption> other) {
    return with(creation, new TakeOver(other, takenOver()), duplicates, tokenSecret);
  }

  public Recorded withConfigurationHash(Optional<String> hash) {
    return new Recorded(
        blank,
        instance.withConfigurationHash(hash),
        creation,
        takeOver,
        duplicates,
        tokenSecret,
        lastReason);
  }

  public Recorded withDuplicates(SortedSet<Long> others) {
    return with(creation, takeOver, others, tokenSecret);
  }

  public Recorded withTokenSecret(String name) {
    return with(creation, takeOver, duplicates, Optional.of(name));
  }

  /** The delivered Secret is not there any more. */
  public Recorded withoutTokenSecret() {
    return with(creation, takeOver, duplicates, Optional.empty());
  }

  /** The same facts with another reason. */
  public Recorded withReason(Optional<Reason> reason) {
    return new Recorded(blank, instance, creation, takeOver, duplicates, tokenSecret, reason);
  }

  private Recorded with(LastSeen seen, Creation made, TakeOver taken) {
    return new Recorded(false, seen, made, taken, duplicates, tokenSecret, lastReason);
  }

  private Recorded with(
      Creation made, TakeOver taken, SortedSet<Long> others, Optional<String> delivered) {
    return new Recorded(blank, instance, made, taken, others, delivered, lastReason);
  }
}
