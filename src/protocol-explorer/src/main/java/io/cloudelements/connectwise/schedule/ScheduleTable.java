package io.cloudelements.connectwise.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A run as a table for people: step, call, what happened. */
final class ScheduleTable implements Trace {
  private static final int LONGEST = 110;
  private static final int MOST_LINES = 120;

  private final List<String> lines = new ArrayList<>();

  /** Runs a schedule once more, to tell it. */
  static String of(Schedule schedule, Variant variant) {
    ScheduleTable table = new ScheduleTable();
    RunResult result = new Run(schedule, variant, table).execute();
    StringBuilder text = new StringBuilder();
    text.append(schedule).append('\n');
    text.append("%4s  %6s  %-14s  %-44s  %s%n".formatted("step", "second", "who", "call", "what"));
    int left = Math.max(0, table.lines.size() - MOST_LINES);
    table.lines.stream().skip(left).forEach(line -> text.append(line).append('\n'));
    return text.append(
            result
                .violation()
                .map(v -> "=> " + v + "\n   " + v.oracle().sentence())
                .orElse("=> ok"))
        .append('\n')
        .toString();
  }

  @Override
  public void line(long second, String who, Supplier<String> call, Supplier<String> what) {
    lines.add(
        "%4d  %6d  %-14s  %-44s  %s"
            .formatted(
                lines.size() + 1,
                second,
                who,
                bounded(call.get(), 44),
                bounded(what.get(), LONGEST)));
  }

  private static String bounded(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
