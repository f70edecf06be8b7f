package io.cloudelements.connectwise.ratelimit;

/**
 * Observes that an account's calls are answered. Called by the callers' threads; must not block.
 */
@FunctionalInterface
public interface AnswerListener {

  /**
   * @param account its fingerprint
   * @param recovered whether its breaker was open until this answer: an outage has ended
   */
  void answered(String account, boolean recovered);
}
