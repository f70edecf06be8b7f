package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.schedule.Disturbance.ApiServerFails;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.Outside;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.WritesRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the cluster does to writes costs nothing at the service. */
class ClusterWriteScheduleTest {

  /** Labels, refused writes and failing writes, at every call of every scenario. */
  @Test
  void conflictsAndRefusalsCauseNoViolation() {
    // Given
    Stream<Schedule> schedules =
        Schedules.singles(disturbance ->
            disturbance instanceof WritesRefused
                || disturbance instanceof ApiServerFails
                || (disturbance instanceof Outside(int _, var _, var event)
                    && event == OutsideEvent.LABEL_WRITTEN));
    // When
    Campaign campaign = new Campaign().run(schedules);
    // Then
    System.out.println(campaign.tally().report());
    assertThat(campaign.firstViolation()).isEmpty();
  }

  /** An answer took up to 26 s and cannot be asked for again; a label is no reason to drop it. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "CREATE_HELPDESK",
        "CHANGE_NAME",
        "CHANGE_CREDENTIALS",
        "DISABLE",
        "TOKEN_SECRET_DELETED",
        "DELETE"
      })
  void aLabelAfterACallCausesNoOtherCall(Scenario scenario) {
    // Given
    List<PortCall> undisturbed = remote(Schedule.undisturbed(scenario));
    Stream<Schedule> schedules =
        IntStream.rangeClosed(1, calls(Schedule.undisturbed(scenario)).size())
            .filter(number -> calls(Schedule.undisturbed(scenario)).get(number - 1).remote())
            .mapToObj(number -> new Outside(number, Moment.AFTER, OutsideEvent.LABEL_WRITTEN))
            .map(label -> Schedule.undisturbed(scenario).with(List.of(label)));
    // When
    List<List<PortCall>> labelled = schedules.map(ClusterWriteScheduleTest::remote).toList();
    // Then
    assertThat(labelled).isNotEmpty().allSatisfy(calls -> assertThat(calls).isEqualTo(undisturbed));
  }

  /** Retries of a refused write are the cluster's business alone. */
  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusedWriteCausesNoOtherCall(Scenario scenario, PortCall refused) {
    // Given
    Schedule undisturbed = Schedule.undisturbed(scenario);
    int number = calls(undisturbed).indexOf(refused) + 1;
    assertThat(number).as("%s in %s", refused, scenario).isPositive();
    // When
    Recorder recorder = Recorder.of(undisturbed.with(List.of(new WritesRefused(number))));
    // Then
    assertThat(recorder.changes).isEqualTo(Recorder.of(undisturbed).changes);
    assertThat(recorder.refusals).isPositive();
    assertThat(recorder.callsWhileRefused).isEmpty();
  }

  /**
   * Under the finalizer an empty status is a lost one, whose attempt is waited out for minutes.
   * This process knows that there was none.
   */
  @Test
  void aRefusedIntentIsNoLostStatus() {
    // Given
    Schedule undisturbed = Schedule.undisturbed(Scenario.CREATE_HELPDESK);
    int intent = calls(undisturbed).indexOf(PortCall.WRITE_STATUS) + 1;
    // When
    Recorder recorder = Recorder.of(undisturbed.with(List.of(new WritesRefused(intent))));
    // Then
    assertThat(recorder.calls)
        .as("one search, and no wait before the POST")
        .startsWith(PortCall.FIND, PortCall.CREATE);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Scenario.CREATE_HELPDESK, PortCall.ADD_FINALIZER),
        Arguments.of(Scenario.CREATE_HELPDESK, PortCall.WRITE_STATUS),
        Arguments.of(Scenario.CREATE_HELPDESK, PortCall.CREATE_SECRET),
        Arguments.of(Scenario.CHANGE_CREDENTIALS, PortCall.WRITE_STATUS),
        Arguments.of(Scenario.TOKEN_SECRET_DELETED, PortCall.CREATE_SECRET),
        Arguments.of(Scenario.TOKEN_SECRET_EDITED, PortCall.REPLACE_SECRET),
        Arguments.of(Scenario.TOKEN_SECRET_RENAMED, PortCall.DELETE_SECRET),
        Arguments.of(Scenario.DELETE, PortCall.REMOVE_FINALIZER));
  }

  private static List<PortCall> remote(Schedule schedule) {
    return calls(schedule).stream().filter(PortCall::remote).toList();
  }

  private static List<PortCall> calls(Schedule schedule) {
    RunResult result = Runs.of(schedule);
    Runs.assertNoViolation(result);
    return result.calls();
  }

  /** The calls of a run to the service, and those of them made while a write is refused. */
  private static final class Recorder implements Trace {
    private static final String REFUSED = "a policy forbids: ";

    private final List<PortCall> calls = new ArrayList<>();
    private final List<PortCall> changes = new ArrayList<>();
    private final List<PortCall> callsWhileRefused = new ArrayList<>();
    private Optional<String> refused = Optional.empty();
    private int refusals;

    static Recorder of(Schedule schedule) {
      Recorder recorder = new Recorder();
      Runs.assertNoViolation(new Run(schedule, Variant.NONE, recorder).execute());
      return recorder;
    }

    @Override
    public void line(long second, String who, Supplier<String> call, Supplier<String> what) {
      if (what.get().startsWith(REFUSED)) {
        refused = Optional.of(what.get().substring(REFUSED.length()));
        refusals++;
      }
      String made = call.get().replaceFirst("^#[0-9]+ ", "");
      if (refused.filter(made::startsWith).isPresent()) {
        refused = Optional.empty();
      }
      Arrays.stream(PortCall.values())
          .filter(port -> port.remote() && made.startsWith(port.toString()))
          .max(Comparator.comparing(port -> port.toString().length()))
          .ifPresent(this::note);
    }

    private void note(PortCall call) {
      calls.add(call);
      if (!call.read()) {
        changes.add(call);
      }
      if (refused.isPresent()) {
        callsWhileRefused.add(call);
      }
    }
  }
}
