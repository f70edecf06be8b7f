package io.cloudelements.simulator;

import io.cloudelements.simulator.model.ApiResponse;
import java.util.Optional;

/** What the caller gets. */
public sealed interface Delivery {

  /** A complete answer. */
  record Answered(ApiResponse response) implements Delivery {}

  /**
   * The connection is lost.
   *
   * @param begun the part of an answer that arrives before
   */
  record ConnectionLost(Optional<ApiResponse> begun) implements Delivery {
    static ConnectionLost silently() {
      return new ConnectionLost(Optional.empty());
    }
  }

  /** No answer comes until the caller times out. */
  record NeverAnswers() implements Delivery {}
}
