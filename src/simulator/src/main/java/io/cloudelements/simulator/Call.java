package io.cloudelements.simulator;

import io.cloudelements.simulator.model.Change;
import io.cloudelements.simulator.model.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A line of the journal. It carries no secret: neither Authorization nor answers are kept, and the
 * body is masked.
 *
 * @param number counts the calls from 1
 * @param route empty for a call that is none of the platform's
 * @param user who called, as {@code user <id>}, or {@code unknown} when the secrets were not good
 * @param faults the faults that struck
 * @param outcome what the caller got, or will
 * @param status of the answer, if there was one
 * @param effects what changed, in order; a late effect is added when it happens
 * @param body the request's, with secrets masked
 */
public record Call(
    long number,
    Instant at,
    String method,
    Optional<Route> route,
    String path,
    Map<String, List<String>> query,
    String user,
    List<String> faults,
    DeliveryOutcome outcome,
    OptionalInt status,
    List<CallEffect> effects,
    String body) {

  /** What became of a call. */
  public enum DeliveryOutcome {
    IN_PROGRESS,
    ANSWERED,
    CONNECTION_LOST,
    NEVER_ANSWERED
  }

  /** What a call did to an instance. */
  public record CallEffect(Change.ChangeKind kind, long instanceId) {
    static List<CallEffect> of(List<Change> changes) {
      return changes.stream()
          .map(change -> new CallEffect(change.kind(), change.instance().id()))
          .toList();
    }
  }

  Call with(DeliveryOutcome what, OptionalInt answered) {
    return new Call(
        number, at, method, route, path, query, user, faults, what, answered, effects, body);
  }

  Call with(List<CallEffect> all) {
    return new Call(
        number, at, method, route, path, query, user, faults, outcome, status, all, body);
  }

  @Override
  public String toString() {
    return "#%d %s %s %s -> %s%s%s%s"
        .formatted(
            number,
            at,
            method,
            query.isEmpty() ? path : path + "?" + query,
            outcome,
            status.isPresent() ? " " + status.getAsInt() : "",
            effects.isEmpty() ? "" : " " + effects,
            faults.isEmpty() ? "" : " " + faults);
  }
}
