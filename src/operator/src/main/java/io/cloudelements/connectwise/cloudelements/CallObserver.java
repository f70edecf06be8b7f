package io.cloudelements.connectwise.cloudelements;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Observes a call to the service. An implementation makes the call exactly once, on the calling
 * thread, and hands on how it ended. It sees no secret and no body.
 */
public interface CallObserver {
  /** Sees nothing. */
  CallObserver NONE =
      new CallObserver() {
        @Override
        public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
          return call.apply(Map.of());
        }
      };

  /**
   * What is called.
   *
   * @param route the path without ids: {@code /instances/{id}}
   * @param host without port
   * @param account its fingerprint
   */
  record Begin(String method, String route, String host, String account) {}

  /** How a call ended. */
  interface CallEnd {
    CallOutcome outcome();

    /** HTTP status; empty when there was no answer. */
    Optional<Integer> status();

    /** The service's name for the call. */
    Optional<String> requestId();
  }

  /**
   * @param call makes it; takes headers to send along
   */
  <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call);

  /** Both observe the call, this one around the other. */
  default CallObserver around(CallObserver inner) {
    CallObserver outer = this;
    return new CallObserver() {
      @Override
      public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
        return outer.observe(
            begin,
            headers ->
                inner.observe(
                    begin,
                    more -> {
                      Map<String, String> all = new LinkedHashMap<>(headers);
                      all.putAll(more);
                      return call.apply(all);
                    }));
      }
    };
  }
}
