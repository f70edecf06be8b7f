package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * How a reconcile ends.
 *
 * @param message what a person should know and do; free of secrets
 * @param requestId the service's request id, where an answer led here
 * @param notBefore the next reconcile makes no sense earlier
 */
public record Outcome(
    Reason reason, String message, Optional<String> requestId, Optional<Instant> notBefore) {

  public static Outcome of(Reason reason, String message) {
    return new Outcome(reason, message, Optional.empty(), Optional.empty());
  }

  public static Outcome until(Instant notBefore, Reason reason, String message) {
    return new Outcome(reason, message, Optional.empty(), Optional.of(notBefore));
  }
}
