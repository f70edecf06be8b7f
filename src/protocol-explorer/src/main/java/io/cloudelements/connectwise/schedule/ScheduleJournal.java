package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.RemoteFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run cost: every port call that it made until nothing changed, reconcile by reconcile.
 * Reconciles that only looked, and after which nothing changed any more, belong to the drift check
 * and are left out.
 */
final class ScheduleJournal implements Trace {
  private static final Set<String> FAILURES =
      kindsOf(RemoteFailure.class)
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());

  /** A run, and its journal. */
  record JournaledRun(RunResult result, String text) {}

  /** One reconcile, by its calls. */
  private record ReconcileCalls(List<String> calls) {
    boolean hasOnlyReads() {
      return calls.stream().noneMatch(call -> is(call, port -> !port.read()));
    }
  }

  /** Something that happened, and the reconciles that it brought. */
  private record Episode(String heading, List<ReconcileCalls> passes) {
    List<ReconcileCalls> untilConverged() {
      List<ReconcileCalls> busy = new ArrayList<>(passes);
      busy.removeIf(pass -> pass.calls().isEmpty());
      while (!busy.isEmpty() && busy.getLast().hasOnlyReads()) {
        busy.removeLast();
      }
      return busy;
    }
  }

  private final Scenario scenario;
  private final List<Episode> episodes = new ArrayList<>();

  private ScheduleJournal(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Runs a schedule, to tell what it cost. */
  static JournaledRun of(Schedule schedule) {
    ScheduleJournal journal = new ScheduleJournal(schedule.scenario());
    RunResult result = new Run(schedule, Variant.NONE, journal).execute();
    return new JournaledRun(result, journal.text());
  }

  @Override
  public void line(long second, String who, Supplier<String> call, Supplier<String> what) {
    String made = call.get();
    boolean pass = made.isEmpty() && what.get().startsWith("pass");
    if (made.startsWith("#")) {
      String text = made.substring(made.indexOf(' ') + 1).strip();
      add(text + failure(what.get()));
    } else if (pass && who.equals("second replica")) {
      add("(a pass of a second replica)");
    } else if (pass && !episodes.isEmpty()) {
      episodes.getLast().passes().add(new ReconcileCalls(new ArrayList<>()));
    } else if (made.isEmpty() && !pass) {
      String when = episodes.size() < scenario.setup().size() ? "given" : "when";
      episodes.add(new Episode("%-5s %s".formatted(when, what.get()), new ArrayList<>()));
    }
  }

  private void add(String call) {
    List<ReconcileCalls> passes = episodes.getLast().passes();
    if (passes.isEmpty()) {
      // Something happened in the middle of the reconcile.
      passes.add(new ReconcileCalls(new ArrayList<>()));
    }
    passes.getLast().calls().add(call);
  }

  private String text() {
    List<ReconcileCalls> passes =
        episodes.stream().flatMap(e -> e.untilConverged().stream()).toList();
    StringBuilder text =
        new StringBuilder(
            "cost  writes to the cluster: %d, calls to the service: %d, events: %d%n"
                .formatted(
                    count(passes, port -> !port.remote() && port != PortCall.PUBLISH),
                    count(passes, PortCall::remote),
                    count(passes, port -> port == PortCall.PUBLISH)));
    for (Episode episode : episodes) {
      text.append(episode.heading()).append('\n');
      append(text, episode.untilConverged());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<ReconcileCalls> passes) {
    int first = 0;
    while (first < passes.size()) {
      int last = first;
      while (last + 1 < passes.size() && passes.get(last + 1).equals(passes.get(first))) {
        last++;
      }
      String label = first == last ? "" + (first + 1) : (first + 1) + "-" + (last + 1);
      for (String call : passes.get(first).calls()) {
        text.append("%5s %s%n".formatted(label, call));
        label = "";
      }
      first = last + 1;
    }
  }

  private static long count(List<ReconcileCalls> passes, Predicate<PortCall> wanted) {
    return passes.stream()
        .flatMap(pass -> pass.calls().stream())
        .filter(call -> is(call, wanted))
        .count();
  }

  private static boolean is(String call, Predicate<PortCall> wanted) {
    return Arrays.stream(PortCall.values())
        .filter(port -> call.startsWith(port.toString()))
        .anyMatch(wanted);
  }

  private static Stream<Class<?>> kindsOf(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ScheduleJournal::kindsOf)
        : Stream.of(type);
  }

  private static String failure(String what) {
    String kind = what.split("[\\[:]", 2)[0];
    return FAILURES.contains(kind) || kind.equals("conflict") ? " -> " + kind : "";
  }
}
