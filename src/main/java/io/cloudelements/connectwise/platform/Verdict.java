package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.RemoteFailure;

/** What an answer means: the value that was asked for, or exactly one failure. */
sealed interface Verdict<T> {
  record Success<T>(T value) implements Verdict<T> {}

  record Failure<T>(RemoteFailure failure) implements Verdict<T> {}
}
