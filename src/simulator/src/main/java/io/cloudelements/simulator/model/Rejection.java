package io.cloudelements.simulator.model;

import java.util.Map;
import java.util.Optional;

/** The platform says no: becomes an answer with an error body (contract §6). */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String providerMessage;
  private final transient Map<String, String> headers;
  private final boolean identified;

  private Rejection(
      int status,
      String message,
      String providerMessage,
      Map<String, String> headers,
      boolean identified) {
    super(message, null, false, false);
    this.status = status;
    this.providerMessage = providerMessage;
    this.headers = headers;
    this.identified = identified;
  }

  static Rejection of(int status, String message) {
    return new Rejection(status, message, "", Map.of(), true);
  }

  static Rejection byProvider(int status, String message, String providerMessage) {
    return new Rejection(status, message, providerMessage, Map.of(), true);
  }

  /** One text for bad secrets and dead tokens alike (contract §6). */
  static Rejection unauthorized() {
    return of(401, "Invalid Organization or User secret, or invalid Element token provided.");
  }

  Rejection withHeaders(Map<String, String> others) {
    return new Rejection(status, getMessage(), providerMessage, others, identified);
  }

  /** The same in an answer that has no request id, neither in its head nor in its body. */
  Rejection withoutRequestId() {
    return new Rejection(status, getMessage(), providerMessage, headers, false);
  }

  boolean identified() {
    return identified;
  }

  int status() {
    return status;
  }

  Optional<String> providerMessage() {
    return providerMessage.isEmpty() ? Optional.empty() : Optional.of(providerMessage);
  }

  Map<String, String> headers() {
    return headers;
  }
}
