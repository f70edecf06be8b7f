package io.cloudelements.connectwise.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of many schedules. */
final class Tally {
  private static final int KEPT = 200;

  private final Map<String, Integer> byAxis = new TreeMap<>();
  private final Map<String, Integer> byScenario = new TreeMap<>();
  private final Map<Profile, Integer> byProfile = new EnumMap<>(Profile.class);
  private final Map<Oracle, Integer> byOracle = new EnumMap<>(Oracle.class);
  private final List<RunResult> violations = new ArrayList<>();
  private int schedules;
  private long reconciles;
  private long calls;

  synchronized void add(RunResult result) {
    schedules++;
    reconciles += result.attempts();
    calls += result.calls().size();
    byScenario.merge(result.schedule().scenario().name(), 1, Integer::sum);
    byProfile.merge(result.schedule().profile(), 1, Integer::sum);
    for (Disturbance disturbance : result.fired()) {
      byAxis.merge(disturbance.axis(), 1, Integer::sum);
    }
    result
        .violation()
        .ifPresent(violation -> {
          byOracle.merge(violation.oracle(), 1, Integer::sum);
          if (violations.size() < KEPT) {
            violations.add(result);
          }
        });
  }

  int schedules() {
    return schedules;
  }

  List<RunResult> violations() {
    return violations;
  }

  /** How many schedules had a disturbance of that kind come to pass. */
  Map<String, Integer> byAxis() {
    return byAxis;
  }

  String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d schedules, %d reconciles, %d disturbable port calls%n"
            .formatted(schedules, reconciles, calls));
    section(text, "by scenario", byScenario);
    section(text, "by kind of service", byProfile);
    section(text, "by what came to pass", byAxis);
    section(text, "violations by oracle", byOracle);
    return text.toString();
  }

  private static void section(StringBuilder text, String title, Map<?, Integer> counts) {
    text.append(title).append(counts.isEmpty() ? ": none\n" : ":\n");
    counts.forEach((what, count) -> text.append("  %7d  %s%n".formatted(count, what)));
  }
}
