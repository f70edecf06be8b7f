package io.cloudelements.connectwise.schedule;

import java.util.List;

/**
 * What a script consists of.
 *
 * @param expectation what it leads to
 * @param setup is never disturbed
 * @param actions are
 */
record Course(Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
  Course {
    setup = List.copyOf(setup);
    actions = List.copyOf(actions);
  }
}
