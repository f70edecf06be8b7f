package io.cloudelements.connectwise;

import io.cloudelements.connectwise.cli.CommandLineTool;
import io.cloudelements.connectwise.cli.Terminal;
import io.cloudelements.connectwise.config.LogFormat;
import io.cloudelements.connectwise.config.LogLevel;
import io.cloudelements.connectwise.ops.BuildInfo;
import io.cloudelements.connectwise.ops.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program: the operator itself, or one of the commands beside it. */
public final class Main {
  /** Set by the launcher when standard error is a terminal, which the JDK cannot tell. */
  private static final String TERMINAL = "connectwise.terminal";

  private Main() {}

  /** The operator's way goes by everything that reads a command line: it starts no slower. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0 || (arguments.length == 1 && arguments[0].equals("run"))) {
      OperatorMain.main(arguments);
    } else {
      System.exit(command(arguments));
    }
  }

  private static int command(String[] arguments) {
    Logging.start(LogFormat.TEXT, LogLevel.ERROR);
    try (PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8)) {
      return CommandLineTool.run(
          new CommandLineParts(BuildInfo.load()),
          new Terminal(System.in, out, err, Boolean.getBoolean(TERMINAL)),
          arguments);
    }
  }
}
