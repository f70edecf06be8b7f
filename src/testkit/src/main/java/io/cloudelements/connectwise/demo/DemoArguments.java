package io.cloudelements.connectwise.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The command line of the demo.
 *
 * @param once whether it ends as soon as the samples are Ready
 * @param yes whether it goes on without asking
 * @param context of the kubeconfig; without one the demo starts a control plane of its own
 */
record DemoArguments(boolean once, boolean yes, Optional<String> context) {

  /** Empty when it cannot be understood. */
  static Optional<DemoArguments> parse(List<String> words) {
    DemoArguments parsed = new DemoArguments(false, false, Optional.empty());
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.pop();
      if (word.equals("--once")) {
        parsed = new DemoArguments(true, parsed.yes, parsed.context);
      } else if (word.equals("--yes")) {
        parsed = new DemoArguments(parsed.once, true, parsed.context);
      } else if (word.equals("--context") && !rest.isEmpty()) {
        parsed = new DemoArguments(parsed.once, parsed.yes, Optional.of(rest.pop()));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(parsed);
  }
}
