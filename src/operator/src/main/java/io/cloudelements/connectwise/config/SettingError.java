package io.cloudelements.connectwise.config;

/**
 * One thing that is wrong with the operator's settings.
 *
 * @param variable the environment variable to change
 * @param message what is wrong and the way out; carries no secret
 */
public record SettingError(String variable, String message) {
  @Override
  public String toString() {
    return variable + ": " + message;
  }
}
