package io.cloudelements.connectwise.config;

import java.util.List;

/** The settings, or everything that is wrong with them at once. */
public sealed interface ConfigResult {
  record Valid(OperatorConfig config) implements ConfigResult {}

  /**
   * @param errors at least one, in the order of the settings table, unknown variables last
   */
  record Invalid(List<SettingError> errors) implements ConfigResult {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
