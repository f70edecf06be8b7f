package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that costs a call more or less shows here, scenario by scenario. */
class ApprovedRunsTest {
  private static final Map<String, String> APPROVED = ApprovedRuns.approved();

  static Stream<Schedule> schedules() {
    return ApprovedRuns.schedules();
  }

  /** Calls are what a run costs, and their order is what makes it safe at every crash point. */
  @ParameterizedTest
  @MethodSource("schedules")
  void aRunMakesTheApprovedCallsWithoutViolation(Schedule schedule) {
    // Given
    String approved = APPROVED.getOrDefault(ApprovedRuns.title(schedule), "");
    // When
    ScheduleJournal.JournaledRun journaled = ScheduleJournal.of(schedule);
    // Then
    assertThat(journaled.text().strip())
        .as("where the difference is meant: %s", ApprovedRuns.COMMAND)
        .isEqualTo(approved);
    assertThat(journaled.result().violation())
        .as(() -> ScheduleTable.of(schedule, Variant.NONE))
        .isEmpty();
    assertThat(journaled.result().fired())
        .containsExactlyInAnyOrderElementsOf(schedule.disturbances());
  }

  @Test
  void everyApprovedRunExists() {
    // Given
    List<String> titles = schedules().map(ApprovedRuns::title).toList();
    // When
    List<String> approved = List.copyOf(APPROVED.keySet());
    // Then
    assertThat(approved).isEqualTo(titles);
  }
}
