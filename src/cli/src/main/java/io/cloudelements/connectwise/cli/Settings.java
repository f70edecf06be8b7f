package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;

/** The operator's settings, for commands that cannot do without. */
final class Settings {
  private Settings() {}

  /**
   * @throws CommandFailure they are wrong, with the words of the operator's own start
   */
  static OperatorConfig of(OperatorServices parts) {
    return switch (parts.settings()) {
      case ConfigResult.Valid(OperatorConfig config) -> config;
      case ConfigResult.Invalid(var errors) ->
          throw CommandFailure.usage(
              errors.stream().map(error -> error.variable() + ": " + error.message()).toList());
    };
  }
}
