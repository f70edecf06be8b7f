package io.cloudelements.connectwise.cli;

import picocli.CommandLine.Command;

@Command(name = "version", description = "Prints what was built.")
final class VersionCommand implements Runnable {
  private final OperatorServices parts;
  private final Terminal terminal;

  VersionCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.out().println(parts.version());
  }
}
