package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Loss;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which schedules there are. */
final class Schedules {
  private static final List<Lag> LAGS =
      List.of(Lag.of(1), Lag.of(2), Lag.of(3), new Lag(1, 0), new Lag(2, 0), new Lag(0, 1));
  private static final Script[] SCRIPTS = Script.all().toArray(Script[]::new);
  private static final int LATEST_CALL = 28;

  /** Finalizer, intent and search come before it. */
  private static final int FIRST_POST = 4;

  /** So many calls later the creation is settled, or waited for. */
  private static final int SOON = 3;

  private static final Set<RemoteOutcome> OF_UNKNOWN_EFFECT =
      EnumSet.of(
          RemoteOutcome.APPLIED_RESPONSE_LOST,
          RemoteOutcome.LOST_BEFORE_APPLIED,
          RemoteOutcome.APPLIED_LATE,
          RemoteOutcome.APPLIED_LATE_AFTER_504,
          RemoteOutcome.APPLIED_AND_500);

  private static final List<RemoteOutcome> OUTAGES =
      List.of(
          RemoteOutcome.NO_CONNECTION,
          RemoteOutcome.HANGS,
          RemoteOutcome.FAILED_500,
          RemoteOutcome.HTML_502,
          RemoteOutcome.REFUSED_401,
          RemoteOutcome.LIMITED_429_FOR_90_S);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(29), Duration.ofMinutes(6));

  private Schedules() {}

  /** Every scenario with every kind of service, undisturbed. */
  static Stream<Schedule> undisturbed() {
    return Script.all()
        .flatMap(scenario ->
            Arrays.stream(Profile.values())
                .map(profile -> Schedule.undisturbed(scenario).under(profile)));
  }

  /** Every scenario with every single disturbance at every port call and reconcile. */
  static Stream<Schedule> singles() {
    return singles(_ -> true);
  }

  /** The same with some disturbances. */
  static Stream<Schedule> singles(Predicate<Disturbance> wanted) {
    return Script.all().map(Schedule::undisturbed).flatMap(schedule -> each(schedule, 0, wanted));
  }

  /** Every two crashes on the way to an instance. */
  static Stream<Schedule> crashPairs() {
    return onTheWay()
        .flatMap(schedule -> each(schedule, 0, Schedules::plainCrash))
        .flatMap(first -> each(first, positionOf(first), Schedules::plainCrash));
  }

  /** Every crash after every outcome and every loss, on the way to an instance. */
  static Stream<Schedule> creationPairs() {
    Predicate<Disturbance> first =
        disturbance ->
            disturbance instanceof Disturbance.Crash || disturbance instanceof Disturbance.Answer;
    return creating()
        .flatMap(schedule -> each(schedule, 0, first))
        .flatMap(begun -> each(begun, positionOf(begun), Schedules::plainCrash));
  }

  /** A process that starts again while its caches are behind, on the way to an instance. */
  static Stream<Schedule> staleRestarts() {
    return onTheWay()
        .flatMap(schedule -> each(schedule, 0, Schedules::plainCrash))
        .flatMap(crashed -> each(crashed, 0, Schedules::resourceOnly));
  }

  /** To an instance, and to its end: with secrets of its own, and with those of an account. */
  private static Stream<Schedule> onTheWay() {
    return Stream.of(
            Scenario.CREATE_HELPDESK,
            Scenario.DELETE_WHILE_CREATING,
            AccountScenario.ACCOUNT_USED,
            AccountScenario.CONSENT_WITHDRAWN_AND_DELETED,
            TemplateScenario.TEMPLATE_OF_APPLICATION_USER)
        .map(Schedule::undisturbed);
  }

  private static boolean resourceOnly(Disturbance disturbance) {
    return disturbance instanceof Disturbance.StaleView(int _, Lag lag)
        && lag.resource() > 0
        && lag.secrets() == 0;
  }

  /** Every second action in the middle of the first, with every outcome of a call after it. */
  static Stream<Schedule> interleavedPairs() {
    return Script.all()
        .filter(scenario -> scenario.actions().size() > 1)
        .flatMap(scenario ->
            Stream.of(Profile.DOCUMENTED, Profile.LISTS_HIDE_WHAT_IS_NEW)
                .map(profile -> Schedule.undisturbed(scenario).under(profile)))
        .flatMap(schedule -> each(schedule, 0, Schedules::nextAction))
        .flatMap(begun -> each(begun, positionOf(begun), Disturbance.Answer.class::isInstance));
  }

  /**
   * The account changes while a creation of unknown outcome is under way: the scenario's next two
   * actions come at any two of the calls from the {@code POST} on.
   */
  static Stream<Schedule> accountChanges() {
    return Arrays.stream(Scenario.values())
        .filter(Scenario::changesAccountWhileCreating)
        .map(Schedule::undisturbed)
        .flatMap(schedule ->
            Stream.concat(Stream.of(schedule), each(schedule, 0, Schedules::outcomeOfCreation)))
        .flatMap(begun -> each(begun, FIRST_POST - 1, Schedules::soonAfterThePost))
        .flatMap(changed -> each(changed, positionOf(changed) - 1, Schedules::soonAfterThePost));
  }

  private static boolean outcomeOfCreation(Disturbance disturbance) {
    return disturbance instanceof Disturbance.Answer(int call, RemoteOutcome outcome)
        && call == FIRST_POST
        && OF_UNKNOWN_EFFECT.contains(outcome);
  }

  private static boolean soonAfterThePost(Disturbance disturbance) {
    return nextAction(disturbance) && disturbance.position() <= FIRST_POST + SOON;
  }

  private static boolean nextAction(Disturbance disturbance) {
    return disturbance instanceof Disturbance.Outside(int _, var _, var event)
        && event == OutsideEvent.NEXT_ACTION;
  }

  private static Stream<Schedule> creating() {
    return Script.all().filter(Script::creates).map(Schedule::undisturbed);
  }

  private static boolean plainCrash(Disturbance disturbance) {
    return disturbance instanceof Disturbance.Crash(int _, var _, var loss)
        && loss == Loss.NOTHING_ELSE;
  }

  /** The kinds of disturbances that a scenario is tried with. */
  static Set<String> axesOf(Script scenario) {
    return each(Schedule.undisturbed(scenario), 0, _ -> true)
        .map(schedule -> schedule.disturbances().getLast().axis())
        .collect(Collectors.toSet());
  }

  /** Up to four disturbances of any kind anywhere; the same seed and index is the same schedule. */
  static Schedule sample(long seed, long index) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    Script scenario = any(random, SCRIPTS);
    Profile profile = random.nextInt(3) == 0 ? any(random, Profile.values()) : Profile.DOCUMENTED;
    List<Disturbance> disturbances = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    while (disturbances.size() < count) {
      Disturbance next = anything(random);
      if (!outOfBounds(next) || scenario == Scenario.CREATE_HELPDESK) {
        disturbances.add(next);
      }
    }
    return new Schedule(scenario, profile, disturbances);
  }

  private static int positionOf(Schedule schedule) {
    return schedule.disturbances().getLast().position();
  }

  /** The schedule with each further disturbance behind a call that can come to pass. */
  private static Stream<Schedule> each(
      Schedule schedule, int after, Predicate<Disturbance> wanted) {
    RunResult result = new Run(schedule, Variant.NONE, Trace.NONE).execute();
    List<PortCall> calls = result.calls();
    Stream<Disturbance> atCalls =
        IntStream.rangeClosed(after + 1, calls.size())
            .boxed()
            .flatMap(number -> at(schedule.scenario(), number, calls.get(number - 1)));
    Stream<Disturbance> stale = result.reconciles().stream().flatMap(Schedules::atReconcile);
    return Stream.concat(atCalls, stale)
        .filter(wanted.and(schedule.scenario()::isTriedWith))
        .map(schedule::and);
  }

  private static Stream<Disturbance> at(Script scenario, int call, PortCall port) {
    List<Disturbance> all = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      for (Loss loss : Loss.values()) {
        all.add(new Disturbance.Crash(call, moment, loss));
      }
      if (port.isWrite()) {
        all.add(new Disturbance.ApiServerFails(call, moment));
      }
      if (scenario.actions().size() > 1) {
        all.add(new Disturbance.Outside(call, moment, OutsideEvent.NEXT_ACTION));
      }
    }
    // An event after a call is also one before the next call, so AFTER is enough.
    for (OutsideEvent event : OutsideEvent.values()) {
      if (event != OutsideEvent.NEXT_ACTION) {
        all.add(new Disturbance.Outside(call, Moment.AFTER, event));
      }
    }
    all.addAll(secondReplicas(call));
    for (Duration pause : PAUSES) {
      all.add(new Disturbance.Pause(call, Moment.BEFORE, pause));
    }
    if (port.isWrite()) {
      all.add(new Disturbance.WritesRefused(call));
    }
    if (port.remote()) {
      OUTAGES.forEach(outcome -> all.add(new Disturbance.Outage(call, outcome)));
    }
    all.addAll(answers(scenario, call, port));
    return all.stream();
  }

  private static List<Disturbance> secondReplicas(int call) {
    List<Disturbance> all = new ArrayList<>();
    for (Stay stay : Stay.values()) {
      all.add(new Disturbance.SecondReplica(call, Moment.BEFORE, Lag.NONE, stay));
      all.add(new Disturbance.SecondReplica(call, Moment.AFTER, Lag.NONE, stay));
    }
    LAGS.forEach(
        lag -> all.add(new Disturbance.SecondReplica(call, Moment.AFTER, lag, Stay.ONE_PASS)));
    // what happens outside comes to pass between two reconciles, before a first call
    all.add(new Disturbance.SecondReplica(call, Moment.BEFORE, new Lag(1, 0), Stay.ONE_PASS));
    return all;
  }

  private static List<Disturbance> answers(Script scenario, int call, PortCall port) {
    List<Disturbance> all = new ArrayList<>();
    for (RemoteOutcome outcome : RemoteOutcome.values()) {
      boolean within = !outcome.outOfBounds() || scenario == Scenario.CREATE_HELPDESK;
      if (outcome.appliesTo(port) && within) {
        all.add(new Disturbance.Answer(call, outcome));
      }
    }
    return all;
  }

  private static Stream<Disturbance> atReconcile(int reconcile) {
    return Stream.concat(
        LAGS.stream().map(lag -> new Disturbance.StaleView(reconcile, lag)),
        Arrays.stream(Comeback.values()).map(how -> new Disturbance.QueueFull(reconcile, how)));
  }

  private static boolean outOfBounds(Disturbance disturbance) {
    return disturbance instanceof Disturbance.Answer(int _, RemoteOutcome outcome)
        && outcome.outOfBounds();
  }

  private static Disturbance anything(SplittableRandom random) {
    int call = 1 + random.nextInt(1 + random.nextInt(LATEST_CALL));
    Moment moment = any(random, Moment.values());
    return switch (random.nextInt(16)) {
      case 0, 1 -> new Disturbance.Crash(call, moment, any(random, Loss.values()));
      case 2 -> new Disturbance.ApiServerFails(call, moment);
      case 3, 4, 5, 6 -> new Disturbance.Answer(call, any(random, RemoteOutcome.values()));
      case 7, 8 ->
          new Disturbance.SecondReplica(
              call,
              moment,
              random.nextBoolean() ? Lag.NONE : any(random, LAGS.toArray(Lag[]::new)),
              any(random, Stay.values()));
      case 9 -> new Disturbance.Outside(call, moment, any(random, OutsideEvent.values()));
      case 10 -> new Disturbance.Outage(call, any(random, OUTAGES.toArray(RemoteOutcome[]::new)));
      case 12 -> new Disturbance.WritesRefused(call);
      case 14, 15 ->
          new Disturbance.QueueFull(1 + random.nextInt(8), any(random, Comeback.values()));
      case 11 ->
          new Disturbance.StaleView(1 + random.nextInt(8), any(random, LAGS.toArray(Lag[]::new)));
      default -> new Disturbance.Pause(call, moment, PAUSES.get(random.nextInt(PAUSES.size())));
    };
  }

  private static <T> T any(SplittableRandom random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
