package io.cloudelements.connectwise.cluster;

/**
 * What a test needs and not every machine has, or why it is not there.
 *
 * @param <T> what is needed
 */
public sealed interface Located<T> {
  record Found<T>(T tool) implements Located<T> {}

  record Missing<T>(String reason) implements Located<T> {}
}
