package io.cloudelements.simulator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts the calls of each user per window of time; off by default (contract §6). */
final class CallLimit {
  private record Window(Instant start, int calls) {}

  private final Map<Long, Window> windows = new HashMap<>();

  void count(User user, Instant now, Behaviour behaviour) {
    if (behaviour.callsPerWindow() <= 0) {
      return;
    }
    Window window = windows.getOrDefault(user.id(), new Window(now, 0));
    Instant end = window.start().plus(behaviour.window());
    if (!now.isBefore(end)) {
      window = new Window(now, 0);
      end = now.plus(behaviour.window());
    }
    if (window.calls() >= behaviour.callsPerWindow()) {
      Rejection rejection = Rejection.of(429, "Too many requests");
      long seconds = Duration.between(now, end).plusMillis(999).toSeconds();
      throw behaviour.retryAfterSent()
          ? rejection.withHeaders(Map.of("Retry-After", Long.toString(seconds)))
          : rejection;
    }
    windows.put(user.id(), new Window(window.start(), window.calls() + 1));
  }
}
