package io.cloudelements.connectwise.demo;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a person agrees to what is about to be done.
 *
 * @param given on the command line already
 * @param terminal where to ask, if there is one
 */
record DemoApproval(boolean given, Optional<BufferedReader> terminal, PrintStream out) {
  private static final Set<String> YES = Set.of("y", "yes");

  static DemoApproval ofThisTerminal(boolean given) {
    Optional<BufferedReader> terminal =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .map(console -> new BufferedReader(console.reader()));
    return new DemoApproval(given, terminal, System.out);
  }

  /**
   * Shows the offer, and asks unless consent is given already.
   *
   * @throws DemoFailure there is none
   */
  void require(String offer) {
    out.println(offer);
    if (given) {
      return;
    }
    BufferedReader answers =
        terminal.orElseThrow(() ->
            new DemoFailure(
                "Nothing was changed: there is no terminal to ask on. With --yes the demo goes on"
                    + " without asking."));
    out.print("Go on? [y/N] ");
    out.flush();
    if (!YES.contains(line(answers).strip().toLowerCase(Locale.ROOT))) {
      throw new DemoFailure("Nothing was changed.");
    }
  }

  private static String line(BufferedReader answers) {
    try {
      return Optional.ofNullable(answers.readLine()).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
