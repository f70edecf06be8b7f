package io.cloudelements.connectwise.config;

/** What became of a setting's text. */
sealed interface Parsed<T> {
  record Value<T>(T value) implements Parsed<T> {}

  /**
   * Not usable.
   *
   * @param problem ends a sentence that begins with the value: {@code is shorter than 30s}
   */
  record Problem<T>(String problem) implements Parsed<T> {}
}
