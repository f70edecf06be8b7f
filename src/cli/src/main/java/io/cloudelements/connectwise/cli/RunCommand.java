package io.cloudelements.connectwise.cli;

import picocli.CommandLine.Command;

/** Only described here: the operator itself starts without reading a command line. */
@Command(
    name = "run",
    description =
        "Runs the operator; the default without a command. It takes no arguments: all settings are"
            + " environment variables.")
final class RunCommand implements Runnable {
  @Override
  public void run() {
    throw CommandFailure.usage("run stands alone: all settings are environment variables.");
  }
}
