package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.RemoteFailure;

/** What an answer means: the value that was asked for, or exactly one failure. */
sealed interface CallResult<T> {
  record Success<T>(T value) implements CallResult<T> {}

  record Failure<T>(RemoteFailure failure) implements CallResult<T> {}
}
