package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.schedule.Disturbance.Answer;
import io.cloudelements.connectwise.schedule.Disturbance.Crash;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Loss;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.Outside;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.SecondReplica;
import io.cloudelements.connectwise.schedule.Disturbance.StaleView;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs whose every port call is written down and approved, for reading and for comparing. */
public final class ApprovedRuns {
  /** What a person types to write them down anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@runs";

  private static final Path FILE =
      Path.of(
          "src/protocol-explorer/src/main/resources/io/cloudelements/connectwise/schedule/runs.txt");
  private static final String HEADING = "== ";

  private ApprovedRuns() {}

  public static void main(String[] arguments) throws IOException {
    String sections =
        schedules()
            .map(schedule -> HEADING + title(schedule) + "\n" + ScheduleJournal.of(schedule).text())
            .collect(Collectors.joining("\n"));
    Files.createDirectories(FILE.getParent());
    Files.writeString(
        FILE,
        """
        What each scenario costs: the port calls of every reconcile until nothing changes any more.
        Written anew by %s

        """
                .formatted(COMMAND)
            + sections);
  }

  /** Every scenario undisturbed, and each way in which a reconcile can go wrong once. */
  static Stream<Schedule> schedules() {
    return Stream.of(
            Script.all().map(Schedule::undisturbed),
            creations(),
            changesWhileCreating(),
            changesAndDeletions())
        .flatMap(Function.identity());
  }

  /** What an answer, a crash or a second replica does to a creation. */
  private static Stream<Schedule> creations() {
    return Stream.of(
        creating(new Answer(3, RemoteOutcome.FAILED_500)),
        creating(new Answer(4, RemoteOutcome.NO_CONNECTION)),
        creating(new Answer(4, RemoteOutcome.REFUSED_400_QUOTING_SECRETS)),
        creating(new Answer(4, RemoteOutcome.LIMITED_429_FOR_90_S)),
        creating(new Answer(4, RemoteOutcome.APPLIED_RESPONSE_LOST)),
        creating(new Answer(4, RemoteOutcome.APPLIED_LATE)),
        creating(new Answer(4, RemoteOutcome.LOST_BEFORE_APPLIED)),
        creating(new Answer(4, RemoteOutcome.APPLIED_TWICE)),
        creating(new Crash(4, Moment.BEFORE, Loss.NOTHING_ELSE)),
        creating(new Crash(4, Moment.AFTER, Loss.STATUS)),
        creating(new Crash(6, Moment.AFTER, Loss.STATUS_AND_TOKEN_SECRET)),
        creating(new SecondReplica(2, Moment.AFTER, Lag.NONE, Stay.ONE_PASS)),
        creating(
            new Answer(4, RemoteOutcome.HANGS),
            new Outside(4, Moment.AFTER, OutsideEvent.WALL_CLOCK_BACK_1_H)));
  }

  /** What the scenario goes on with while the outcome of a creation is unknown. */
  private static Stream<Schedule> changesWhileCreating() {
    return Stream.of(
        when(
            Scenario.ACCOUNT_SWITCHED_WHILE_CREATING,
            new Answer(4, RemoteOutcome.HANGS),
            new Outside(4, Moment.AFTER, OutsideEvent.NEXT_ACTION)),
        when(
            Scenario.USER_SECRET_RESET_WHILE_CREATING,
            new Answer(4, RemoteOutcome.APPLIED_LATE),
            new Outside(4, Moment.AFTER, OutsideEvent.NEXT_ACTION),
            new Outside(5, Moment.AFTER, OutsideEvent.NEXT_ACTION)),
        when(
            AccountScenario.CONSENT_WITHDRAWN_WHILE_CREATING,
            new Answer(5, RemoteOutcome.APPLIED_LATE),
            new Outside(5, Moment.AFTER, OutsideEvent.NEXT_ACTION)),
        when(
            AccountScenario.ACCOUNT_ROTATED_WHILE_CREATING,
            new Answer(5, RemoteOutcome.APPLIED_LATE),
            new Outside(5, Moment.AFTER, OutsideEvent.NEXT_ACTION)),
        when(
            AccountScenario.QUOTA_LEFT_FOR_ONE,
            new SecondReplica(3, Moment.AFTER, Lag.NONE, Stay.ONE_PASS)));
  }

  /** What becomes of an instance that is there. */
  private static Stream<Schedule> changesAndDeletions() {
    return Stream.of(
        when(Scenario.ADOPT, new Answer(1, RemoteOutcome.REFUSED_403)),
        when(
            Scenario.ADOPT_AND_DELETE,
            new Answer(5, RemoteOutcome.REFUSED_400_QUOTING_SECRETS),
            new Outside(6, Moment.AFTER, OutsideEvent.NEXT_ACTION)),
        when(
            Scenario.ADOPT_AND_DELETE,
            new Answer(5, RemoteOutcome.APPLIED_RESPONSE_LOST),
            new Outside(5, Moment.AFTER, OutsideEvent.NEXT_ACTION)),
        when(Scenario.PLAN, new Answer(1, RemoteOutcome.FAILED_500)),
        when(Scenario.CHANGE_NAME, new Answer(2, RemoteOutcome.APPLIED_RESPONSE_LOST)),
        when(Scenario.CHANGE_CREDENTIALS, new Answer(3, RemoteOutcome.FAILED_500)),
        when(Scenario.DISABLE, new Answer(2, RemoteOutcome.APPLIED_AND_500)),
        when(Scenario.TOKEN_SECRET_DELETED, new StaleView(1, Lag.of(1))),
        when(Scenario.GONE, new Answer(1, RemoteOutcome.HTML_404)),
        when(Scenario.GONE, new Answer(3, RemoteOutcome.FAILED_500)),
        when(Scenario.DELETE, new Answer(1, RemoteOutcome.FAILED_500)),
        when(Scenario.DELETE, new Answer(3, RemoteOutcome.APPLIED_RESPONSE_LOST)),
        when(Scenario.DELETE, new Answer(3, RemoteOutcome.REFUSED_409)),
        when(
            Scenario.DELETE_WHILE_CREATING,
            new Answer(4, RemoteOutcome.APPLIED_LATE),
            new Outside(4, Moment.AFTER, OutsideEvent.NEXT_ACTION)));
  }

  private static Schedule creating(Disturbance... disturbances) {
    return when(Scenario.CREATE_HELPDESK, disturbances);
  }

  private static Schedule when(Script scenario, Disturbance... disturbances) {
    return Schedule.undisturbed(scenario).with(List.of(disturbances));
  }

  /** A schedule as its section is headed. */
  static String title(Schedule schedule) {
    return schedule.scenario()
        + schedule.disturbances().stream().map(d -> ", " + d).collect(Collectors.joining());
  }

  /** The approved journals by their titles. */
  static Map<String, String> approved() {
    try {
      Map<String, String> byTitle = new LinkedHashMap<>();
      List<String> sections = List.of(Files.readString(FILE).split("(?m)^" + HEADING));
      for (String section : sections.subList(1, sections.size())) {
        String[] parts = section.split("\n", 2);
        byTitle.put(parts[0], parts[1].strip());
      }
      return byTitle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
