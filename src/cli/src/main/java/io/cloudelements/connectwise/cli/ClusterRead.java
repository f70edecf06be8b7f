package io.cloudelements.connectwise.cli;

import java.util.Optional;

/** What a read of the cluster brings: what is there, or that this person may not see it. */
sealed interface ClusterRead<T> {
  record Seen<T>(T value) implements ClusterRead<T> {}

  record Denied<T>() implements ClusterRead<T> {}

  /** Empty where it may not be seen. */
  default Optional<T> seen() {
    return switch (this) {
      case Seen<T>(T value) -> Optional.of(value);
      case Denied<T> _ -> Optional.empty();
    };
  }

  /**
   * @param denial what it means that it may not be seen
   * @throws CommandFailure with that, where it may not
   */
  default T orFail(String denial) {
    return seen().orElseThrow(() -> CommandFailure.failed(denial));
  }
}
