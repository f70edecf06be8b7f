package io.cloudelements.connectwise.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

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

  void says(String what) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    synchronized (this) {
      out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, what));
    }
  }

  /**
   * @param who in a column of its own
   */
  void says(String who, String what) {
    says(String.format(Locale.ROOT, "%-13s  %s", who, what));
  }

  /** A command and what it prints, as in a terminal: what others say meanwhile comes after it. */
  synchronized void shows(String command, Supplier<String> output) {
    out.println();
    out.println("$ " + command);
    out.println(output.get().stripTrailing());
  }
}
