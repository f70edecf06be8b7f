package io.cloudelements.connectwise.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Tells what happens, each line with the seconds since the beginning. */
final class Narrator {
  private final PrintStream out;
  private final long begin;

  /**
   * @param begin a reading of {@link System#nanoTime}
   */
  Narrator(PrintStream out, long begin) {
    this.out = out;
    this.begin = begin;
  }

  PrintStream out() {
    return out;
  }

  synchronized void says(String what) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, what));
  }

  /** A command and what it prints, as in a terminal. */
  synchronized void shows(String command, String output) {
    out.println();
    out.println("$ " + command);
    out.println(output.stripTrailing());
  }
}
