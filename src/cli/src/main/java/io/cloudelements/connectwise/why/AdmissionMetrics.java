package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.ratelimit.BreakerState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the operator's page {@code /metrics} says of one account ({@code docs/metrics.md}).
 *
 * @param samples the lines of Prometheus' text format that carry that account's label
 */
record AdmissionMetrics(Map<String, Double> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("(connectwise_[a-z_]+)(?:\\{([^}]*)})? ([^ ]+).*");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final String BREAKER = "connectwise_account_breaker_state";
  private static final String IN_FLIGHT = "connectwise_account_requests_in_flight";
  private static final String QUEUED = "connectwise_account_waiting";
  private static final String RETRY_AFTER = "connectwise_account_retry_after_seconds";
  private static final String LEADER = "connectwise_leader";

  /**
   * Whether the page is the one of the replica that reconciles; only that one calls the service.
   */
  static boolean isLeaders(String page) {
    return page.lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .filter(sample -> sample.group(1).equals(LEADER))
        .anyMatch(sample -> Double.parseDouble(sample.group(3)) == 1);
  }

  /**
   * @param page in Prometheus' text format
   * @param account the fingerprint
   */
  static AdmissionMetrics of(String page, String account) {
    Map<String, Double> samples = new HashMap<>();
    page.lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .filter(sample -> label(sample, "account").filter(account::equals).isPresent())
        .forEach(sample ->
            samples.merge(
                sample.group(1) + label(sample, "lane").map(lane -> " " + lane).orElse(""),
                Double.valueOf(sample.group(3)),
                Double::sum));
    return new AdmissionMetrics(samples);
  }

  private static Optional<String> label(Matcher sample, String name) {
    return Optional.ofNullable(sample.group(2))
        .flatMap(labels ->
            LABEL
                .matcher(labels)
                .results()
                .filter(label -> label.group(1).equals(name))
                .map(label -> label.group(2))
                .findFirst());
  }

  AdmissionView view(Optional<Integer> position) {
    Optional<Integer> breaker = whole(BREAKER);
    if (breaker.isEmpty()) {
      return new AdmissionView.Unused();
    }
    Map<String, Integer> queued = new HashMap<>();
    samples.keySet().stream()
        .filter(name -> name.startsWith(QUEUED + " "))
        .forEach(name -> queued.put(name.substring(QUEUED.length() + 1), whole(name).orElse(0)));
    return new AdmissionView.Told(
        // a state of a newer version is at least no closed one
        breaker.flatMap(BreakerState::ofValue).orElse(BreakerState.OPEN),
        whole(IN_FLIGHT).orElse(0),
        queued,
        Duration.ofMillis(
            Math.round(1000 * Optional.ofNullable(samples.get(RETRY_AFTER)).orElse(0.0))),
        position);
  }

  private Optional<Integer> whole(String name) {
    return Optional.ofNullable(samples.get(name)).map(Double::intValue);
  }
}
