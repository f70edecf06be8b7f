package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.api.v1.AdoptionStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.HeldStep;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The status as the core reads it. */
public final class StatusReader {
  private static final Pattern SECRET_NAME =
      Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  private static final Map<String, HeldStep> HELD =
      Map.of(
          Reason.RECREATION_HELD.label(), HeldStep.RECREATION,
          Reason.DELETION_HELD.label(), HeldStep.DELETION);

  private StatusReader() {}

  /** The status, if one was ever written. */
  public static Optional<ConnectWiseInstanceStatus> status(ConnectWiseInstance resource) {
    return Optional.ofNullable(resource.getStatus());
  }

  /** Id of the instance that the status names. */
  public static Optional<Long> instanceId(ConnectWiseInstance resource) {
    return status(resource).map(ConnectWiseInstanceStatus::instanceId);
  }

  /** Fingerprint of the account in which its instance is. */
  public static Optional<String> account(ConnectWiseInstance resource) {
    return status(resource).map(ConnectWiseInstanceStatus::account);
  }

  /** Generation of the spec that the status is about. */
  public static Optional<Long> observedGeneration(ConnectWiseInstance resource) {
    return status(resource).map(ConnectWiseInstanceStatus::observedGeneration);
  }

  /** Name of the delivered token Secret. */
  public static Optional<String> tokenSecret(ConnectWiseInstance resource) {
    return status(resource).flatMap(StatusReader::tokenSecret);
  }

  /** Others may write it, and a name that is none could lead a read to any path and never end. */
  private static Optional<String> tokenSecret(ConnectWiseInstanceStatus status) {
    return Optional.ofNullable(status.tokenSecretRef())
        .map(SecretReference::name)
        .filter(name -> SECRET_NAME.matcher(name).matches());
  }

  /** The requested reconcile that was reported last. */
  public static Optional<String> handledRequest(ConnectWiseInstance resource) {
    return status(resource).map(ConnectWiseInstanceStatus::lastHandledReconcileAt);
  }

  /**
   * When the operator reconciles it again without an event; empty also where the date cannot be
   * read.
   */
  public static Optional<Instant> nextCheckAt(ConnectWiseInstance resource) {
    return status(resource)
        .map(ConnectWiseInstanceStatus::nextCheckAt)
        .flatMap(StatusReader::instant);
  }

  /** Empty also where this version does not know it. */
  public static Optional<State> state(ConnectWiseInstance resource) {
    return status(resource).map(ConnectWiseInstanceStatus::state).flatMap(State::ofKey);
  }

  /** Ids of further instances that carry the ownership tag. */
  public static List<Long> duplicates(ConnectWiseInstance resource) {
    return status(resource).map(ConnectWiseInstanceStatus::duplicates).orElseGet(List::of);
  }

  /** What the status records for the resource's generation. */
  public static Recorded recorded(ConnectWiseInstance resource) {
    return recorded(status(resource), resource.getMetadata().getGeneration());
  }

  /** What the status records; an absent or emptied status is {@linkplain Recorded#blank blank}. */
  public static Recorded recorded(Optional<ConnectWiseInstanceStatus> status, long generation) {
    return status
        .filter(s -> s.observedGeneration() != null)
        .map(s -> read(s, generation))
        .orElse(Recorded.NOTHING);
  }

  private static Recorded read(ConnectWiseInstanceStatus status, long generation) {
    return new Recorded(
        false,
        instance(status),
        new Recorded.Creation(
            Optional.ofNullable(status.provisioning()).map(StatusReader::intent),
            Optional.ofNullable(status.recreatedAt()).flatMap(StatusReader::instant),
            held(status)),
        new Recorded.TakeOver(
            Optional.ofNullable(status.adoption()).map(StatusReader::adoption),
            Optional.ofNullable(status.lastHandledTakeOver())),
        new TreeSet<>(Optional.ofNullable(status.duplicates()).orElseGet(List::of)),
        tokenSecret(status),
        Optional.ofNullable(status.observedGeneration())
            .filter(observed -> observed == generation)
            .flatMap(_ -> reason(status)));
  }

  private static Recorded.LastSeen instance(ConnectWiseInstanceStatus status) {
    return new Recorded.LastSeen(
        Optional.ofNullable(status.instanceId()),
        Optional.ofNullable(status.elementKey()),
        Optional.ofNullable(status.account()),
        Optional.ofNullable(status.configurationHash()),
        new Availability(
            Optional.ofNullable(status.valid()), Optional.ofNullable(status.disabled())));
  }

  /** Why the last reconcile ended as it did. */
  public static Optional<Reason> reason(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.SYNCED).flatMap(synced -> reason(status, synced));
  }

  private static Optional<Reason> reason(ConnectWiseInstanceStatus status, Condition synced) {
    return Reason.of(
        synced.getReason(), isReady(status), State.DELETING.key().equals(status.state()));
  }

  /** How the last reconcile ended, as the status tells it. */
  public static Optional<Outcome> outcome(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.SYNCED)
        .flatMap(synced ->
            reason(status, synced)
                .map(reason -> Outcome.of(reason, ModeNote.without(synced.getMessage()))));
  }

  /** Whether the status says that the instance can be used. */
  public static boolean isReady(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.READY)
        .filter(ready -> "True".equals(ready.getStatus()))
        .isPresent();
  }

  /** Whether the status says that it waits for a person. */
  public static boolean isStalled(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.STALLED)
        .filter(stalled -> "True".equals(stalled.getStatus()))
        .isPresent();
  }

  /** Ready says so, of any generation: it is the condition that keeps it over other failures. */
  private static HeldStep held(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.READY).map(StatusReader::held).orElse(HeldStep.NONE);
  }

  /** What a condition tells to be held. */
  static HeldStep held(Condition condition) {
    return HELD.getOrDefault(condition.getReason(), HeldStep.NONE);
  }

  static Optional<Condition> condition(ConnectWiseInstanceStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> type.label().equals(condition.getType()))
        .findFirst();
  }

  private static Intent intent(Provisioning provisioning) {
    return new Intent(Math.max(1, provisioning.attempt()), startedAt(provisioning.startedAt()));
  }

  private static Adoption adoption(AdoptionStatus adoption) {
    return adoption.startedAt() == null
        ? new Adoption.Completed(adoption.instanceId())
        : new Adoption.Open(
            adoption.instanceId(),
            startedAt(adoption.startedAt()),
            Optional.ofNullable(adoption.foundTags()).map(Set::copyOf));
  }

  private static Instant startedAt(String text) {
    // A date that cannot be read is like one from a clock that was ahead: it is set anew.
    return instant(text).orElse(Instant.MAX);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
