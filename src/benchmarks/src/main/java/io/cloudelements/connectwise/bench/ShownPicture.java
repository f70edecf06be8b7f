package io.cloudelements.connectwise.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * A picture that the report shows. It is drawn from the report's tables, by the build tools.
 *
 * @param file without its ending, in the report's folder {@code performance}
 * @param figures what it needs, each of one case
 */
record ShownPicture(String title, String file, List<Figure> figures) {
  /** A number of the operator. */
  record Figure(String benchmark, Metric metric) {
    boolean isIn(Results results) {
      return results.median(benchmark, Contender.OPERATOR.label(), metric).isPresent();
    }
  }

  private static final List<ShownPicture> ALL =
      List.of(
          of(
              "Until 1,000 resources are Ready, 50 ms for a POST",
              "create",
              Metric.ALL_READY,
              "create-1000"),
          of("CPU for 1,000 creations", "create-cpu", Metric.CPU, "create-1000"),
          of("Peak RSS with 1,000 resources", "create-rss", Metric.PEAK_RSS, "create-1000"),
          of(
              "Writes to the API server for each creation",
              "create-writes",
              Metric.WRITES_EACH,
              "create-1000"),
          of(
              "Remote calls of 1,000 resources in a minute of rest",
              "rest-calls",
              Metric.REMOTE_CALLS,
              "create-1000, a minute of rest"),
          of(
              "Until all are Ready, by number of resources",
              "growth",
              Metric.ALL_READY,
              "create-1000",
              "scale-10000"),
          of(
              "Peak RSS, by number of resources",
              "growth-rss",
              Metric.PEAK_RSS,
              "create-1000",
              "scale-10000"));

  private static ShownPicture of(String title, String file, Metric metric, String... benchmarks) {
    return new ShownPicture(
        title,
        file,
        Stream.of(benchmarks).map(benchmark -> new Figure(benchmark, metric)).toList());
  }

  /** Those that there are figures for. */
  static List<ShownPicture> in(Results results) {
    return ALL.stream()
        .filter(picture -> picture.figures().stream().allMatch(figure -> figure.isIn(results)))
        .toList();
  }

  String markdown() {
    return "\n![%s](performance/%s.svg)\n".formatted(title, file);
  }
}
