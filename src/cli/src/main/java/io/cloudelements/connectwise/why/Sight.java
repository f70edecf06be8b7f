package io.cloudelements.connectwise.why;

import java.util.Optional;
import java.util.function.Function;

/** What the person who asks gets to see of an object. */
public sealed interface Sight<T> {
  record Visible<T>(T value) implements Sight<T> {}

  /** The person may read it, and it is not there. */
  record Missing<T>() implements Sight<T> {}

  /** The API server answers 403: it may be there or not. */
  record Forbidden<T>() implements Sight<T> {}

  /** Empty where it is not there or may not be seen. */
  default Optional<T> visible() {
    return switch (this) {
      case Visible<T>(T value) -> Optional.of(value);
      case Missing<T> _, Forbidden<T> _ -> Optional.empty();
    };
  }

  default <R> Sight<R> map(Function<T, R> change) {
    return switch (this) {
      case Visible<T>(T value) -> new Visible<>(change.apply(value));
      case Missing<T> _ -> new Missing<>();
      case Forbidden<T> _ -> new Forbidden<>();
    };
  }
}
