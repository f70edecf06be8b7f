package io.cloudelements.connectwise.config;

/** What became of a setting's text. */
sealed interface ParseResult<T> {
  record Value<T>(T value) implements ParseResult<T> {}

  /**
   * Not usable.
   *
   * @param problem ends a sentence that begins with the value: {@code is shorter than 30s}
   */
  record Invalid<T>(String problem) implements ParseResult<T> {}
}
