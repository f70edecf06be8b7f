package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.LogLevel;
import io.cloudelements.connectwise.ops.BuildInfo;
import io.cloudelements.connectwise.ops.Logging;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs one command, as a program or within another one. */
public final class CommandLineMain {
  /** Set by the launcher when standard error is a terminal, which the JDK cannot tell. */
  private static final String TERMINAL = "connectwise.terminal";

  private CommandLineMain() {}

  /** Reads and writes the streams of this process; the exit code. */
  static int run(String[] arguments) {
    Logging.startBesideResult(LogLevel.ERROR);
    try (PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8)) {
      return run(new Terminal(System.in, out, err, Boolean.getBoolean(TERMINAL)), arguments);
    }
  }

  /** With the settings of this process's environment; the exit code. */
  public static int run(Terminal terminal, String... arguments) {
    return CommandLineTool.run(new StandaloneServices(BuildInfo.load()), terminal, arguments);
  }
}
