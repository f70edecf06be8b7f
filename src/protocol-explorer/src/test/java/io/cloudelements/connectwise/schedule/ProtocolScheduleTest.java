package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol under everything that can be enumerated in a minute. */
class ProtocolScheduleTest {
  private static final long SEED = 20260105;
  private static final int SAMPLES = 4_000;
  private static final int FEWEST = 32_000;

  /** Every single disturbance, every two crashes of a creation, and samples of the rest. */
  @Test
  void crashesAndFaultsCauseNoViolation() {
    // Given
    Stream<Schedule> samples =
        LongStream.range(0, SAMPLES).mapToObj(index -> Schedules.sample(SEED, index));
    // When
    Campaign campaign =
        new Campaign()
            .run(Schedules.undisturbed())
            .run(Schedules.singles())
            .run(Schedules.crashPairs())
            .run(Schedules.staleRestarts())
            .run(samples);
    // Then
    System.out.println(campaign.tally().report());
    assertThat(campaign.firstViolation()).isEmpty();
    assertThat(campaign.tally().schedules()).isGreaterThan(FEWEST);
  }

  /** A reset secret cannot be put back, and another account's is put there by mistake. */
  @Test
  void anAccountThatChangesDuringACreationCausesNoViolation() {
    // Given
    Campaign campaign = new Campaign();
    // When
    campaign.run(Schedules.accountChanges());
    // Then
    assertThat(campaign.firstViolation()).isEmpty();
    assertThat(campaign.tally().schedules()).isGreaterThan(1_000);
  }

  /** A schedule that waits only for its account has not ended, although its status is unchanged. */
  static Stream<Schedule> paused() {
    return Stream.of(
        Schedule.undisturbed(Scenario.DELETE_AFTER_CREDENTIALS)
            .and(new Disturbance.Outage(1, RemoteOutcome.LIMITED_429_FOR_90_S))
            .and(new Disturbance.QueueFull(7, Disturbance.Comeback.LEADER_CHANGED)),
        Schedule.undisturbed(DeletionScenario.DELETED_WITH_MANY_AND_ALL_CONFIRMED)
            .and(new Disturbance.Outage(7, RemoteOutcome.REFUSED_401))
            .and(new Disturbance.Outage(1, RemoteOutcome.HTML_502)));
  }

  @ParameterizedTest
  @MethodSource("paused")
  void aPauseOfTheAccountIsNotTakenForTheEnd(Schedule schedule) {
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  /** A disturbance that never comes to pass shows nothing, so every kind of them must. */
  @Test
  void everyKindOfDisturbanceOccurs() {
    // Given
    Stream<Schedule> creation =
        Schedules.singles().filter(schedule -> schedule.scenario() == Scenario.CREATE_HELPDESK);
    // When
    Tally tally = new Campaign().run(creation).tally();
    // Then
    assertThat(tally.byAxis().keySet())
        .contains(Schedules.axesOf(Scenario.CREATE_HELPDESK).toArray(String[]::new));
  }

  /** A seed is worth nothing if it does not bring the same run again. */
  @Test
  void aScheduleIsReproducible() {
    // Given
    Schedule schedule = Schedules.sample(SEED, 11);
    // When
    String first = ScheduleTable.of(schedule, Variant.NONE);
    // Then
    assertThat(ScheduleTable.of(Schedules.sample(SEED, 11), Variant.NONE)).isEqualTo(first);
  }
}
