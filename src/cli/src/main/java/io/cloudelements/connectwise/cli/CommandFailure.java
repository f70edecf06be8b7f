package io.cloudelements.connectwise.cli;

import java.util.List;
import picocli.CommandLine.ExitCode;

/** Ends a command with a message that says what to do; no defect of the program. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final List<String> lines;

  private CommandFailure(int exitCode, List<String> lines) {
    super(String.join("\n", lines));
    this.exitCode = exitCode;
    this.lines = List.copyOf(lines);
  }

  /** An argument cannot be used. */
  static CommandFailure usage(String message) {
    return usage(List.of(message));
  }

  /** Several arguments cannot be used: a line for each. */
  static CommandFailure usage(List<String> lines) {
    return new CommandFailure(ExitCode.USAGE, lines);
  }

  /** Something outside of this program does not do what it should. */
  static CommandFailure failed(String message) {
    return new CommandFailure(CommandLineTool.FAILED, List.of(message));
  }

  List<String> lines() {
    return lines;
  }

  int exitCode() {
    return exitCode;
  }
}
