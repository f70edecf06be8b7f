package io.cloudelements.connectwise.instance;

import java.time.Instant;

/**
 * When a request may be put on the wire. It opens no earlier than the intent that announced it: a
 * clock that was set back meanwhile would otherwise leave it open for as long as it was set back,
 * and no other replica would know.
 *
 * @param opens the first instant
 * @param closes the first instant after it
 */
public record SendWindow(Instant opens, Instant closes) {
  /** For requests that nothing was announced for. */
  public static final SendWindow ALWAYS = new SendWindow(Instant.MIN, Instant.MAX);

  public boolean isOpen(Instant now) {
    return !now.isBefore(opens) && now.isBefore(closes);
  }
}
