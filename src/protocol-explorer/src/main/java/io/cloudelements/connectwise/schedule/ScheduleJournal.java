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
  private record Episode(String heading, List<ReconcileCalls> reconciles) {
    List<ReconcileCalls> untilConverged() {
      List<ReconcileCalls> busy = new ArrayList<>(reconciles);
      busy.removeIf(reconcile -> reconcile.calls().isEmpty());
      while (!busy.isEmpty() && busy.getLast().hasOnlyReads()) {
        busy.removeLast();
      }
      return busy;
    }
  }

  private final Script scenario;
  private final List<Episode> episodes = new ArrayList<>();

  private ScheduleJournal(Script scenario) {
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
    boolean reconcile = made.isEmpty() && what.get().startsWith("reconcile");
    if (made.startsWith("#")) {
      String text = made.substring(made.indexOf(' ') + 1).strip();
      add(text + failure(what.get()));
    } else if (reconcile && who.equals("second replica")) {
      add("(a reconcile of a second replica)");
    } else if (reconcile && !episodes.isEmpty()) {
      episodes.getLast().reconciles().add(new ReconcileCalls(new ArrayList<>()));
    } else if (made.isEmpty() && !reconcile) {
      String when = episodes.size() < scenario.setup().size() ? "given" : "when";
      episodes.add(new Episode("%-5s %s".formatted(when, what.get()), new ArrayList<>()));
    }
  }

  private void add(String call) {
    List<ReconcileCalls> reconciles = episodes.getLast().reconciles();
    if (reconciles.isEmpty()) {
      // Something happened in the middle of the reconcile.
      reconciles.add(new ReconcileCalls(new ArrayList<>()));
    }
    reconciles.getLast().calls().add(call);
  }

  private String text() {
    List<ReconcileCalls> reconciles =
        episodes.stream().flatMap(e -> e.untilConverged().stream()).toList();
    StringBuilder text =
        new StringBuilder(
            "cost  writes to the cluster: %d, calls to the service: %d, events: %d%n"
                .formatted(
                    count(reconciles, port -> !port.remote() && port != PortCall.PUBLISH),
                    count(reconciles, PortCall::remote),
                    count(reconciles, port -> port == PortCall.PUBLISH)));
    for (Episode episode : episodes) {
      text.append(episode.heading()).append('\n');
      append(text, episode.untilConverged());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<ReconcileCalls> reconciles) {
    int first = 0;
    while (first < reconciles.size()) {
      int last = first;
      while (last + 1 < reconciles.size()
          && reconciles.get(last + 1).equals(reconciles.get(first))) {
        last++;
      }
      String label = first == last ? "" + (first + 1) : (first + 1) + "-" + (last + 1);
      for (String call : reconciles.get(first).calls()) {
        text.append("%5s %s%n".formatted(label, call));
        label = "";
      }
      first = last + 1;
    }
  }

  private static long count(List<ReconcileCalls> reconciles, Predicate<PortCall> wanted) {
    return reconciles.stream()
        .flatMap(reconcile -> reconcile.calls().stream())
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
