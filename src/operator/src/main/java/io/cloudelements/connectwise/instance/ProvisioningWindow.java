package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long a recorded intent may still turn into an instance. The service is assumed to apply
 * or drop a request within its deadline plus a margin; nothing is assumed about which of the two it
 * does.
 *
 * @param sendWithin from the intent until the request must be on its way
 * @param deadline of the request itself
 * @param visibilityMargin until an applied request shows in a search
 */
public record ProvisioningWindow(
    Duration sendWithin, Duration deadline, Duration visibilityMargin) {
  /** Of {@code PROVISION_TIMEOUT}; a creation takes 9 to 26 s (contract §2). */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(90);

  private static final Duration SEND_WITHIN = Duration.ofSeconds(30);

  /** Generous: no delay of the service's search was ever reported. */
  private static final Duration VISIBILITY_MARGIN = Duration.ofSeconds(60);

  /**
   * @param deadline {@code PROVISION_TIMEOUT}
   */
  public static ProvisioningWindow of(Duration deadline) {
    return new ProvisioningWindow(SEND_WITHIN, deadline, VISIBILITY_MARGIN);
  }

  /** A request that is not on its way by its end is not sent at all. */
  public SendWindow toSend(Intent intent) {
    return new SendWindow(intent.startedAt(), intent.startedAt().plus(sendWithin));
  }

  /** From then on an empty search proves that the request was dropped. */
  public Instant closesAt(Intent intent) {
    return toSend(intent).closes().plus(deadline).plus(visibilityMargin);
  }
}
