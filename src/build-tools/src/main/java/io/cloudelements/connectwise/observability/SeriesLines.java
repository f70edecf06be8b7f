package io.cloudelements.connectwise.observability;

import io.cloudelements.connectwise.picture.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes of what Prometheus answers the lines of a picture, with names that a reader can tell apart.
 */
final class SeriesLines {
  private final Instant begin;

  /** Fingerprints, with the letter that a picture has instead. */
  private final Map<String, String> accounts = new HashMap<>();

  /**
   * @param begin the left end of the lines
   */
  SeriesLines(Instant begin) {
    this.begin = begin;
  }

  /**
   * @param legend Grafana's template of a line's name
   */
  Line line(String legend, PrometheusServer.Series series) {
    String name = legend;
    for (var label : series.labels().entrySet()) {
      String value =
          switch (label.getKey()) {
            case "account" -> account(label.getValue());
            case "instance" -> "";
            default -> label.getValue();
          };
      name = name.replace("{{" + label.getKey() + "}}", value);
    }
    return new Line(
        name.strip(),
        series.points().stream()
            .map(point ->
                new Line.Point(Duration.between(begin, point.at()).toMillis() / 1e3, point.value()))
            .toList());
  }

  private String account(String fingerprint) {
    return fingerprint.equals("other")
        ? "other accounts"
        : accounts.computeIfAbsent(fingerprint, _ -> "account " + (char) ('A' + accounts.size()));
  }
}
