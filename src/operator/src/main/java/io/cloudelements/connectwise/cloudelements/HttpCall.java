package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.SendWindow;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it is sent.
 *
 * @param target absolute, with path and query encoded
 * @param body JSON
 * @param deadline from when it has a connection to the last byte of the answer
 * @param window not to be written outside of it
 * @param effectIfUnanswered what it may have done when its end is unknown
 */
public record HttpCall(
    String method,
    URI target,
    Map<String, String> headers,
    Optional<String> body,
    Duration deadline,
    SendWindow window,
    Effect effectIfUnanswered) {

  /** The same request with another deadline. */
  HttpCall within(Duration left) {
    return new HttpCall(method, target, headers, body, left, window, effectIfUnanswered);
  }

  /** The headers are secret. */
  @Override
  public String toString() {
    return "HttpCall[" + method + "]";
  }
}
