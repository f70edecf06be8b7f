package io.cloudelements.connectwise.ops;

import io.cloudelements.connectwise.config.LogFormat;
import io.cloudelements.connectwise.config.LogLevel;

/** A program with a defect: an exception with control characters ends its thread. */
final class ThrowingProgram {
  private ThrowingProgram() {}

  public static void main(String[] arguments) {
    Logging.start(LogFormat.JSON, LogLevel.INFO);
    throw new IllegalStateException("a\u001b[2J\nb");
  }
}
