package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.api.v1.AdoptionStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The next status: a function of the previous one, the generation, what the reconcile reports, and
 * the time. Equal facts give an equal status, so that a converged resource is never written again.
 */
public final class StatusComposer {
  private StatusComposer() {}

  public static ConnectWiseInstanceStatus compose(
      Optional<ConnectWiseInstanceStatus> previous,
      long generation,
      StatusReport report,
      Instant now) {
    Recorded recorded = report.recorded();
    Outcome outcome = unlessNothingNew(previous, generation, report);
    List<Condition> conditions =
        new Conditions(
                previous,
                generation,
                outcome,
                sameInstance(previous, recorded),
                recorded.creation().held(),
                report.mode(),
                now)
            .all();
    Optional<String> nextCheck =
        report
            .nextCheckAt()
            .filter(_ -> outcome.reason().kind().reconciling() || outcome.reason().kind().stalled())
            .map(Instant::toString);
    ConnectWiseInstanceStatus next =
        status(previous, generation, report, outcome, conditions, nextCheck);
    return previous
        .filter(before -> before.nextCheckAt() == null || nextCheck.isPresent())
        .filter(before ->
            before.equals(
                status(
                    previous,
                    generation,
                    report,
                    outcome,
                    withoutNews(before, conditions, report.mode()),
                    Optional.ofNullable(before.nextCheckAt()))))
        .orElse(next);
  }

  /** A note of a former operating mode in a message is no reason to write. */
  private static List<Condition> withoutNews(
      ConnectWiseInstanceStatus before, List<Condition> conditions, ManagementPolicy mode) {
    boolean left =
        mode == ManagementPolicy.MANAGE && ModeNote.without(before.conditions()).equals(conditions);
    return left ? before.conditions() : conditions;
  }

  private static ConnectWiseInstanceStatus status(
      Optional<ConnectWiseInstanceStatus> previous,
      long generation,
      StatusReport report,
      Outcome outcome,
      List<Condition> conditions,
      Optional<String> nextCheck) {
    Recorded recorded = report.recorded();
    @Nullable SecretReference secret =
        recorded.tokenSecret().map(SecretReference::new).orElse(null);
    return new ConnectWiseInstanceStatus(
        generation,
        state(outcome.reason(), recorded, previous).key(),
        recorded.instanceId().orElse(null),
        recorded.elementKey().orElse(null),
        recorded.valid().orElse(null),
        recorded.disabled().orElse(null),
        recorded.account().orElse(null),
        recorded.configurationHash().orElse(null),
        secret,
        secret,
        recorded.intent().map(StatusComposer::provisioning).orElse(null),
        recorded.adoption().map(StatusComposer::adoption).orElse(null),
        recorded.duplicates().isEmpty() ? null : new ArrayList<>(recorded.duplicates()),
        recorded.recreatedAt().map(Instant::toString).orElse(null),
        report.plan().isEmpty() ? null : report.plan(),
        report.requestedAt().orElse(null),
        recorded.takenOver().orElse(null),
        nextCheck.orElse(null),
        conditions);
  }

  /**
   * Whether what was said of readiness was about the instance that is recorded now, and its token
   * is still delivered.
   */
  private static boolean sameInstance(
      Optional<ConnectWiseInstanceStatus> previous, Recorded recorded) {
    boolean lost =
        recorded.tokenSecret().isEmpty()
            && previous.map(ConnectWiseInstanceStatus::tokenSecretRef).isPresent();
    return recorded.instanceId().isPresent()
        && recorded.instanceId().equals(previous.map(ConnectWiseInstanceStatus::instanceId))
        && !lost;
  }

  /**
   * A wait does not replace the failure that led to it: the wait for an outcome after a failed
   * creation, and calls held back after failures.
   */
  private static Outcome unlessNothingNew(
      Optional<ConnectWiseInstanceStatus> previous, long generation, StatusReport report) {
    Outcome outcome = report.outcome();
    return previous
        .filter(status -> Long.valueOf(generation).equals(status.observedGeneration()))
        .flatMap(status -> failureBefore(status, report))
        .map(failure ->
            new Outcome(failure.reason(), failure.message(), Optional.empty(), outcome.notBefore()))
        .orElse(outcome);
  }

  private static Optional<Outcome> failureBefore(
      ConnectWiseInstanceStatus status, StatusReport report) {
    Optional<Outcome> failure = StatusReader.outcome(status);
    return switch (report.outcome().reason()) {
      case AWAITING_OUTCOME ->
          failure
              .filter(outcome -> outcome.reason().kind() == Reason.Kind.RETRYING)
              .filter(_ -> sameIntent(status, report.recorded().intent()));
      case HELD_BACK ->
          failure.filter(outcome ->
              (outcome.reason().kind() == Reason.Kind.RETRYING
                      && outcome.reason() != Reason.HELD_BACK)
                  || outcome.reason().kind() == Reason.Kind.STALLED);
      default -> Optional.empty();
    };
  }

  private static boolean sameIntent(ConnectWiseInstanceStatus status, Optional<Intent> intent) {
    return intent
        .map(StatusComposer::provisioning)
        .equals(Optional.ofNullable(status.provisioning()));
  }

  private static Provisioning provisioning(Intent intent) {
    return new Provisioning(intent.attempt(), intent.startedAt().toString());
  }

  private static AdoptionStatus adoption(Adoption adoption) {
    return switch (adoption) {
      case Adoption.Open open ->
          new AdoptionStatus(
              open.instanceId(),
              open.startedAt().toString(),
              open.foundTags().map(tags -> List.copyOf(new TreeSet<>(tags))).orElse(null));
      case Adoption.Completed(long id) -> new AdoptionStatus(id, null, null);
    };
  }

  private static State state(
      Reason reason, Recorded recorded, Optional<ConnectWiseInstanceStatus> previous) {
    return switch (reason.kind()) {
      case READY, DEGRADED, REFUSED -> ofInstance(recorded);
      case PROGRESSING -> {
        if (recorded.instanceId().isPresent()) {
          yield ofInstance(recorded);
        }
        yield SecretWait.isSaidBy(reason) && recorded.intent().isEmpty()
            ? State.PENDING
            : State.PROVISIONING;
      }
      case RETRYING, UNKNOWN, PLANNED -> {
        if (recorded.instanceId().isPresent()) {
          yield ofInstance(recorded);
        }
        yield recorded.intent().isPresent() ? State.PROVISIONING : State.PENDING;
      }
      case SUSPENDED ->
          previous
              .map(ConnectWiseInstanceStatus::state)
              .flatMap(State::ofKey)
              .orElse(State.PENDING);
      case STALLED -> State.FAILED;
      case WITHHELD -> recorded.instanceId().isPresent() ? ofInstance(recorded) : State.FAILED;
      case DELETING, DELETION_BLOCKED, FINISHED -> State.DELETING;
    };
  }

  private static State ofInstance(Recorded recorded) {
    if (recorded.disabled().orElse(false)) {
      return State.DISABLED;
    }
    return recorded.valid().orElse(true) ? State.VALID : State.INVALID;
  }
}
