package io.cloudelements.connectwise.cli;

import picocli.CommandLine.ExitCode;

/** Ends a command with a message that says what to do; no defect of the program. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String words;

  private CommandFailure(int exitCode, String words) {
    super(words);
    this.exitCode = exitCode;
    this.words = words;
  }

  /** What was given cannot be used. */
  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /** Something outside of this program does not do what it should. */
  static CommandFailure failed(String message) {
    return new CommandFailure(CommandLineTool.FAILED, message);
  }

  String words() {
    return words;
  }

  int exitCode() {
    return exitCode;
  }
}
