package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.cli.CommandLineMain;
import io.cloudelements.connectwise.cli.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** How a command of the command line ended, run in this process. */
public record CommandRun(int exitCode, String output, String errors) {
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false);
    int exitCode = CommandLineMain.run(terminal, arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
