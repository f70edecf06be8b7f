package io.cloudelements.connectwise.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What happens when nothing goes wrong: the setup is never disturbed, the actions are. */
interface Script {
  /** Every script there is. */
  static Stream<Script> all() {
    return Stream.<Script[]>of(
            Scenario.values(),
            AccountScenario.values(),
            TemplateScenario.values(),
            DeletionScenario.values(),
            RestoredSecretScenario.values())
        .flatMap(Arrays::stream);
  }

  String name();

  Course course();

  default List<ScheduledAction> setup() {
    return course().setup();
  }

  default List<ScheduledAction> actions() {
    return course().actions();
  }

  /** What it leads to. */
  default Expectation expectation() {
    return course().expectation();
  }

  /**
   * @param statusLost whether the status was lost on the way
   */
  default Expectation expectation(boolean statusLost) {
    return statusLost ? expectation().whenStatusLost().orElse(expectation()) : expectation();
  }

  /** So many instances of the account may be gone at once. */
  default int guardLimit() {
    return 5;
  }

  /** Whether it begins with a creation, whose every pair of crashes is tried. */
  default boolean creates() {
    return false;
  }

  /** Whether that may come between; not everything does everywhere, for want of time. */
  default boolean isTriedWith(Disturbance disturbance) {
    return true;
  }
}
