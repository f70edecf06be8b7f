package io.cloudelements.connectwise.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of a run: {@code report.md} and {@code results.json}, written anew after every case,
 * so that a run that is cut off leaves what it had.
 *
 * @param machine where and with what it ran, a line each
 */
record BenchReport(Path directory, List<String> machine, List<BenchCase> cases, Results results) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void write() {
    try {
      Files.writeString(directory.resolve("report.md"), markdown());
      Files.writeString(directory.resolve("results.json"), json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String markdown() {
    return Stream.of(
            "# Performance\n",
            machine.stream().map(line -> "- " + line + "\n").collect(Collectors.joining()),
            "\n## Goals\n\n| goal | limit | measured | met |\n|---|---|---|---|\n",
            Goal.of(results).stream().map(goal -> goal.row() + "\n").collect(Collectors.joining()),
            remarks(),
            ShownPicture.in(results).stream()
                .map(ShownPicture::markdown)
                .collect(Collectors.joining()),
            cases.stream().map(this::chapter).collect(Collectors.joining()),
            "\n",
            notes())
        .collect(Collectors.joining());
  }

  /** What no run can find out by itself: how to read it, and what was changed because of it. */
  private static String notes() {
    try (InputStream notes = BenchReport.class.getResourceAsStream("notes.md")) {
      return new String(notes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String remarks() {
    return results.remarks().isEmpty()
        ? "\nEverything that was asked for ran.\n"
        : "\n## Failed or left out\n\n"
            + results.remarks().stream()
                .map(remark -> "- `%s`: %s\n".formatted(remark.benchmark(), remark.text()))
                .collect(Collectors.joining());
  }

  private String chapter(BenchCase bench) {
    String tables = benchmarksOf(bench).stream().map(this::table).collect(Collectors.joining());
    return tables.isEmpty()
        ? ""
        : "\n## %s\n\n%s\n%s".formatted(bench.name(), bench.about(), tables);
  }

  /** The case itself and its parts, whose names begin with the case's. */
  private List<String> benchmarksOf(BenchCase bench) {
    return results.values().keySet().stream()
        .map(Results.Subject::benchmark)
        .filter(name -> name.equals(bench.name()) || name.startsWith(bench.name() + ", "))
        .distinct()
        .toList();
  }

  private String table(String benchmark) {
    List<String> contenders =
        results.values().keySet().stream()
            .filter(subject -> subject.benchmark().equals(benchmark))
            .map(Results.Subject::contender)
            .toList();
    TreeSet<Metric> metrics =
        contenders.stream()
            .flatMap(contender ->
                results.values().get(new Results.Subject(benchmark, contender)).keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    String head =
        "\n**%s**\n\n| | %s |\n|---|%s\n"
            .formatted(
                benchmark, String.join(" | ", contenders), "---:|".repeat(contenders.size()));
    return head
        + metrics.stream()
            .map(metric ->
                "| %s | %s |\n"
                    .formatted(
                        metric.label(),
                        contenders.stream()
                            .map(contender -> cell(benchmark, contender, metric))
                            .collect(Collectors.joining(" | "))))
            .collect(Collectors.joining());
  }

  /** The median, and the range where there were several runs. */
  private String cell(String benchmark, String contender, Metric metric) {
    List<Double> runs =
        results
            .values()
            .get(new Results.Subject(benchmark, contender))
            .getOrDefault(metric, List.of());
    if (runs.isEmpty()) {
      return "–";
    }
    String median = Goal.number(Results.median(runs));
    List<Double> sorted = runs.stream().sorted().toList();
    return runs.size() == 1
        ? median
        : "%s (%s–%s)"
            .formatted(median, Goal.number(sorted.getFirst()), Goal.number(sorted.getLast()));
  }

  private String json() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("machine", JSON.valueToTree(machine));
    ObjectNode benchmarks = root.putObject("benchmarks");
    results
        .values()
        .forEach((subject, metrics) -> {
          ObjectNode node = benchmarks.withObjectProperty(subject.benchmark());
          ObjectNode values = node.putObject(subject.contender());
          metrics.forEach((metric, runs) -> values.set(name(metric), JSON.valueToTree(runs)));
        });
    root.set("remarks", JSON.valueToTree(results.remarks()));
    root.set("goals", JSON.valueToTree(Goal.of(results).stream().map(BenchReport::entry).toList()));
    return JSON.writeValueAsString(root) + "\n";
  }

  private static Map<String, Object> entry(Goal goal) {
    return Map.of(
        "goal",
        goal.text(),
        "limit",
        goal.limit(),
        "measured",
        goal.measured().isPresent()
            ? Optional.of(goal.measured().getAsDouble()).get()
            : "not measured",
        "met",
        goal.isMet().map(String::valueOf).orElse("unknown"));
  }

  private static String name(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }
}
