package io.cloudelements.connectwise.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Everything that was measured, in the order in which it came. */
final class Results {
  /** The contender and the case that were measured. */
  record Subject(String benchmark, String contender) {}

  /** How a benchmark ended that brought no figures, or not all. */
  record Remark(String benchmark, String text) {}

  private final Map<Subject, Map<Metric, List<Double>>> values = new LinkedHashMap<>();
  private final List<Remark> remarks = new ArrayList<>();

  void add(String benchmark, String contender, Metric metric, double value) {
    values
        .computeIfAbsent(new Subject(benchmark, contender), _ -> new LinkedHashMap<>())
        .computeIfAbsent(metric, _ -> new ArrayList<>())
        .add(value);
  }

  void remark(String benchmark, String text) {
    remarks.add(new Remark(benchmark, text));
  }

  Map<Subject, Map<Metric, List<Double>>> values() {
    return values;
  }

  List<Remark> remarks() {
    return remarks;
  }

  /** The median of the runs; empty when it was not measured. */
  OptionalDouble median(String benchmark, String contender, Metric metric) {
    List<Double> runs =
        values
            .getOrDefault(new Subject(benchmark, contender), Map.of())
            .getOrDefault(metric, List.of());
    return runs.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(runs));
  }

  static double median(List<Double> values) {
    return percentile(values, 50);
  }

  /** The nearest rank; of an even number of values, the median is the mean of the middle two. */
  static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    if (percent == 50 && sorted.size() % 2 == 0) {
      return (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
