package io.cloudelements.connectwise.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What was aimed at, and whether it was met.
 *
 * @param measured empty when a case did not run or failed
 */
record Goal(String text, double limit, String unit, OptionalDouble measured) {
  private static final String OPERATOR = Contender.OPERATOR.label();

  /** All of them, from what was measured. */
  static List<Goal> of(Results results) {
    Values values = new Values(results);
    return Stream.of(
            created(values),
            slowService(values),
            converged(values),
            listings(values),
            others(values),
            process(values),
            command(results),
            growth(values))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Goal> created(Values values) {
    return List.of(
        new Goal(
            "1,000 created at 50 ms, as a multiple of the floor",
            1.15,
            "",
            values.ratioTo(Contender.FLOOR, "create-1000", Metric.ALL_READY)),
        new Goal(
            "the same, as a multiple of what the libraries alone take",
            1.15,
            "",
            values.ratioTo(Contender.FRAMEWORK, "create-1000", Metric.ALL_READY)),
        new Goal("its peak RSS", 200, "MiB", values.of("create-1000", Metric.PEAK_RSS)),
        new Goal("kube writes per creation", 4, "", values.of("create-1000", Metric.WRITES_EACH)),
        new Goal("events per creation", 1, "", values.of("create-1000", Metric.EVENTS_EACH)),
        new Goal("remote calls per creation", 2, "", values.of("create-1000", Metric.CALLS_EACH)),
        new Goal(
            "10,000 created at 50 ms, as a multiple of the floor",
            1.15,
            "",
            values.ratioTo(Contender.FLOOR, "scale-10000", Metric.ALL_READY)));
  }

  private static List<Goal> slowService(Values values) {
    return List.of(
        new Goal(
            "1,000 at a slow service, as a multiple of what its latency alone takes",
            1.1,
            "",
            values.ratio("slow-1000", Metric.ALL_READY, Metric.IDEAL)),
        new Goal(
            "another account's resource meanwhile",
            2,
            "s",
            values.of("slow-1000", Metric.ONE_READY)));
  }

  private static List<Goal> converged(Values values) {
    return List.of(
        new Goal(
            "kube writes of 1,000 in a minute of rest",
            0,
            "",
            values.of("create-1000, a minute of rest", Metric.KUBE_WRITES)),
        new Goal(
            "remote calls of 1,000 in a minute of rest",
            0,
            "",
            values.of("create-1000, a minute of rest", Metric.REMOTE_CALLS)),
        new Goal(
            "kube writes of a restart with 10,000",
            0,
            "",
            values.of("scale-10000, restarted", Metric.KUBE_WRITES)),
        new Goal(
            "remote calls in the minute after it",
            0,
            "",
            values.of("scale-10000, restarted", Metric.REMOTE_CALLS)),
        new Goal(
            "a new resource during it, above that at rest",
            1,
            "s",
            values.difference("scale-10000, restarted", "scale-10000, at rest", Metric.ONE_READY)));
  }

  private static List<Goal> listings(Values values) {
    return List.of(
        new Goal(
            "listing calls of a drift round of 10,000 (200 a page)",
            50,
            "",
            values.of("scale-10000, drift rounds", Metric.LIST_CALLS)),
        new Goal(
            "kube writes of it", 0, "", values.of("scale-10000, drift rounds", Metric.KUBE_WRITES)),
        new Goal(
            "a new resource during it, above that at rest",
            1,
            "s",
            values.difference(
                "scale-10000, drift rounds", "scale-10000, at rest", Metric.ONE_READY)));
  }

  private static List<Goal> others(Values values) {
    return List.of(
        new Goal(
            "the others' 99th percentile with a dead account, as a multiple",
            1.1,
            "",
            values.ratio("dead-account, one dead", "dead-account, all well", Metric.P99_READY)),
        new Goal(
            "an idle account's deletion amid 100 busy ones, as a multiple",
            1.2,
            "",
            values.ratio("busy-accounts, loaded", "busy-accounts, unloaded", Metric.ONE_GONE)),
        new Goal(
            "another tenant's creation amid 1,000 of one, as a part of what it may take",
            1,
            "",
            values.ratio("two-tenants", Metric.ONE_READY, Metric.IDEAL)),
        new Goal(
            "calls before Retry-After was over", 0, "", values.of("rate-limit", Metric.TOO_EARLY)));
  }

  private static List<Goal> process(Values values) {
    return List.of(
        new Goal("idle RSS", 110, "MiB", values.of("start, with an AOT cache", Metric.RSS)),
        new Goal("peak RSS with 10,000", 256, "MiB", values.of("scale-10000", Metric.PEAK_RSS)),
        new Goal(
            "heap that 10,000 foreign Secrets add",
            15,
            "MiB",
            values.difference(
                "foreign-secrets, with", "foreign-secrets, without", Metric.LIVE_HEAP)),
        new Goal(
            "RSS that they add",
            30,
            "MiB",
            values.difference("foreign-secrets, with", "foreign-secrets, without", Metric.RSS)),
        new Goal(
            "start to ready with an AOT cache",
            0.5,
            "s",
            values.of("start, with an AOT cache", Metric.START_TO_READY)));
  }

  private static List<Goal> command(Results results) {
    return List.of(
        new Goal(
            "why of one among 1,000, by the archive of a release",
            1,
            "s",
            results.median("why-1000", WhyCase.ARCHIVE, Metric.COMMAND)),
        new Goal(
            "its reads of the API server",
            5,
            "",
            results.median("why-1000", WhyCase.ARCHIVE, Metric.COMMAND_READS)));
  }

  private static List<Goal> growth(Values values) {
    return List.of(
        new Goal(
            "seconds per resource at 10,000, as a multiple of those at 1,000",
            1.2,
            "",
            values.growth()));
  }

  Optional<Boolean> isMet() {
    return measured.isPresent()
        ? Optional.of(measured.getAsDouble() <= limit + 1e-9)
        : Optional.empty();
  }

  String row() {
    return "| %s | ≤ %s | %s | %s |"
        .formatted(
            text,
            number(limit) + blank(unit),
            measured.isPresent() ? number(measured.getAsDouble()) + blank(unit) : "–",
            isMet().map(met -> met ? "yes" : "**no**").orElse("not measured"));
  }

  private static String blank(String unit) {
    return unit.isEmpty() ? "" : " " + unit;
  }

  static String number(double value) {
    String digits = Math.abs(value) >= 100 ? "%,.0f" : "%,.2f";
    String text = String.format(Locale.ROOT, digits, value);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }

  /** Medians of the operator, and what follows from two of them. */
  private record Values(Results results) {
    OptionalDouble of(String benchmark, Metric metric) {
      return results.median(benchmark, OPERATOR, metric);
    }

    OptionalDouble ratioTo(Contender other, String benchmark, Metric metric) {
      return quotient(of(benchmark, metric), results.median(benchmark, other.label(), metric));
    }

    OptionalDouble ratio(String benchmark, Metric metric, Metric base) {
      return quotient(of(benchmark, metric), of(benchmark, base));
    }

    OptionalDouble ratio(String benchmark, String base, Metric metric) {
      return quotient(of(benchmark, metric), of(base, metric));
    }

    OptionalDouble difference(String benchmark, String base, Metric metric) {
      OptionalDouble value = of(benchmark, metric);
      OptionalDouble less = of(base, metric);
      return value.isPresent() && less.isPresent()
          ? OptionalDouble.of(value.getAsDouble() - less.getAsDouble())
          : OptionalDouble.empty();
    }

    /** From 1,000 to 10,000: a hundred is mostly the start of the process. */
    OptionalDouble growth() {
      OptionalDouble ratio =
          quotient(of("scale-10000", Metric.ALL_READY), of("create-1000", Metric.ALL_READY));
      return ratio.isPresent()
          ? OptionalDouble.of(ratio.getAsDouble() / 10)
          : OptionalDouble.empty();
    }

    private static OptionalDouble quotient(OptionalDouble value, OptionalDouble by) {
      return value.isPresent() && by.isPresent()
          ? OptionalDouble.of(value.getAsDouble() / by.getAsDouble())
          : OptionalDouble.empty();
    }
  }
}
