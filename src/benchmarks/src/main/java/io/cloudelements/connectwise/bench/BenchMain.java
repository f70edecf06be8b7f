package io.cloudelements.connectwise.bench;

import static io.cloudelements.connectwise.bench.Contender.CROSSPLANE;
import static io.cloudelements.connectwise.bench.Contender.FLOOR;
import static io.cloudelements.connectwise.bench.Contender.FRAMEWORK;
import static io.cloudelements.connectwise.bench.Contender.OPERATOR;
import static io.cloudelements.connectwise.bench.Contender.TEXTBOOK;

import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs benchmarks and writes the report. Arguments: the names of cases, separated by commas, or
 * {@code all}; and how long it may take, as an ISO duration. A case that fails or does not fit into
 * the time is named in the report; the others run. Exit code 1 when nothing could be measured.
 */
public final class BenchMain {
  private static final Duration FAST = Duration.ofMillis(50);

  /** What {@code all} means, the most telling first. */
  private static final List<BenchCase> USUAL =
      List.of(
          new CreateCase(
              "create-1000",
              1_000,
              FAST,
              List.of(OPERATOR, FLOOR, FRAMEWORK, TEXTBOOK, CROSSPLANE),
              3,
              true,
              Duration.ofMinutes(9)),
          new ScaleCase("scale-10000", 10_000, FAST, Duration.ofMinutes(11)),
          new SlowServiceCase("slow-1000", 1_000, Duration.ofSeconds(3)),
          new DeadAccountCase("dead-account", 20, 25),
          new TwoTenantsCase("two-tenants", 1_000, Duration.ofSeconds(2)),
          new BusyAccountsCase("busy-accounts", 100, 16, Duration.ofSeconds(20)),
          new RateLimitCase("rate-limit", 200, 20),
          new ForeignSecretsCase("foreign-secrets", 10_000, 10 * 1024),
          new StartCase("start", 3),
          new WhyCase("why-1000", 1_000, 7),
          new CreateCase(
              "create-100", 100, FAST, List.of(OPERATOR, FLOOR), 3, false, Duration.ofMinutes(1)));

  /** Only by name: too long for the usual run, or for a look in between. */
  private static final List<BenchCase> FURTHER =
      List.of(
          new SlowServiceCase("slow-1000-at-15s", 1_000, Duration.ofSeconds(15)),
          new OwnSecretsCase("own-secrets-10000", 10_000, FAST, Duration.ofMinutes(5)),
          new CreateCase(
              "profile-300", 300, FAST, List.of(OPERATOR), 1, false, Duration.ofSeconds(30)),
          new CreateCase(
              "profile-1000", 1_000, FAST, List.of(OPERATOR), 1, false, Duration.ofSeconds(45)),
          new CreateCase(
              "floor-1000",
              1_000,
              FAST,
              List.of(OPERATOR, FLOOR, FRAMEWORK),
              3,
              false,
              Duration.ofMinutes(4)),
          new ScaleCase("scale-500", 500, FAST, Duration.ofMinutes(4)),
          new CreateCase(
              "create-50",
              50,
              FAST,
              List.of(OPERATOR, FLOOR, FRAMEWORK, TEXTBOOK, CROSSPLANE),
              1,
              true,
              Duration.ofMinutes(5)));

  private BenchMain() {}

  public static void main(String[] arguments) throws IOException {
    List<BenchCase> all = Stream.concat(USUAL.stream(), FURTHER.stream()).toList();
    List<BenchCase> chosen =
        arguments[0].equals("all")
            ? USUAL
            : Stream.of(arguments[0].split(",")).map(name -> named(name, all)).toList();
    Path directory = Path.of("target", "bench");
    Results results = new Results();
    long end = System.nanoTime() + Duration.parse(arguments[1]).toNanos();
    Path work = Files.createTempDirectory(Files.createDirectories(directory), "run-");
    for (BenchCase bench : chosen) {
      run(bench, work, end, results);
      new BenchReport(directory, machine(arguments[0]), chosen, results).write();
    }
    System.out.println("The report is " + directory.resolve("report.md"));
    System.exit(results.values().isEmpty() ? 1 : 0);
  }

  private static BenchCase named(String name, List<BenchCase> all) {
    return all.stream()
        .filter(bench -> bench.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no benchmark "
                    + name
                    + "; there are "
                    + all.stream().map(BenchCase::name).toList()));
  }

  private static void run(BenchCase bench, Path work, long end, Results results) {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.compareTo(bench.expected()) < 0) {
      results.remark(
          bench.name(),
          "left out: it takes about %d s, and of the time allowed %d s were left"
              .formatted(bench.expected().toSeconds(), left.toSeconds()));
      return;
    }
    System.out.printf("%s …%n", bench.name());
    long begin = System.nanoTime();
    try (Lab lab = Lab.open(work.resolve(bench.name()), bench.isAudited())) {
      bench.run(lab, results);
    } catch (RuntimeException e) {
      e.printStackTrace();
      results.remark(bench.name(), "failed: " + e);
    }
    System.out.printf("%s took %.0f s%n", bench.name(), Limits.seconds(System.nanoTime() - begin));
  }

  private static List<String> machine(String chosen) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("`./mvnw -Pbench verify -Dbench=%s`, %s".formatted(chosen, LocalDate.now()));
    lines.add(
        "%d cores of %s, %s MiB of memory, load %s at the end"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                found("/proc/cpuinfo", "model name").orElse("an unknown processor"),
                found("/proc/meminfo", "MemTotal")
                    .map(text -> Long.toString(Long.parseLong(text.split(" ")[0]) / 1024))
                    .orElse("?"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
    lines.add(
        "%s %s, Linux %s, Kubernetes %s, everything on this machine over loopback"
            .formatted(
                System.getProperty("java.vm.name"),
                Runtime.version(),
                System.getProperty("os.version"),
                ControlPlaneBinaries.VERSION));
    lines.add(
        "Every contender is a fresh process on fresh objects; figures are medians, with the range"
            + " where a case has several rounds.");
    return lines;
  }

  private static Optional<String> found(String file, String key) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
