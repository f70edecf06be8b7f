package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run under {@code Plan}: asks for the same actions as {@code Manage} does, carries out those
 * that read, only imagines the records, and puts the first that would change the service or a
 * Secret into words. Of the account it only reads.
 */
final class PreviewRun {
  private final Preview preview;
  private final DesiredInstance desired;
  private final ReconcileState state;
  private final ActionSelector selector;
  private final ServiceCalls calls;
  private final List<String> lines = new ArrayList<>();
  private Optional<Long> gone = Optional.empty();

  PreviewRun(Preview preview, ReconcileState state, ActionSelector selector, ServiceCalls calls) {
    this.preview = preview;
    this.desired = preview.desired();
    this.state = state;
    this.selector = selector;
    this.calls = calls;
  }

  /** What is reported of a run, and the lines of {@code status.plan}. */
  record PreviewResult(Outcome outcome, List<String> lines) {}

  PreviewResult from(Action first) {
    Action action = first;
    while (true) {
      switch (action) {
        case Action.Finish(Outcome outcome) -> {
          lines.addAll(preview.afterwards(state.instance()));
          return new PreviewResult(preview.outcome(outcome, state.instance()), lines);
        }
        case Action.Read read -> state.see(calls.read(read, state.seen()));
        case Action.VerifyGone(long id) -> {
          state.see(state.seen().verifiedMissing(id));
          gone = Optional.of(id);
        }
        case Action.Record record -> state.note(record, desired);
        case Action.TakeUpSecret secret -> {
          lines.add(preview.line(secret));
          selector.imagineSecretTakenUp();
        }
        case Action.Mutation mutation -> {
          lines.addAll(preview.lines(mutation, state.instance()));
          return new PreviewResult(
              gone.map(preview::outcomeOfGone).orElseGet(preview::outcome), lines);
        }
      }
      action = selector.selectAndRemember(desired);
    }
  }
}
