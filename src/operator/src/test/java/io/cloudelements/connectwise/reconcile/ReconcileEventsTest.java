package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.UsableInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReconcileEventsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Recorded OPEN =
      Recorded.NOTHING.withIntent(new Intent(1, NOW), Optional.empty());

  static Stream<Arguments> arrivals() {
    Action.Create create = new Action.Create(SendWindow.ALWAYS);
    return Stream.of(
        Arguments.of(Recorded.NOTHING, 7L, create, List.of("Provisioned")),
        Arguments.of(OPEN, 7L, null, List.of("Provisioned")),
        Arguments.of(Recorded.NOTHING, 7L, null, List.of("Adopted")),
        Arguments.of(Recorded.NOTHING, 7L, new Action.Replace(7), List.of("Adopted")),
        Arguments.of(known(7, "hash"), 8L, create, List.of("Recreated")),
        Arguments.of(known(7, "hash"), 8L, null, List.of("Adopted")),
        Arguments.of(known(7, "hash"), 7L, null, List.of()),
        Arguments.of(known(7, "hash"), 7L, new Action.Replace(7), List.of("CredentialsRotated")),
        Arguments.of(known(7, null), 7L, new Action.Replace(7), List.of("Updated")),
        Arguments.of(
            known(7, "hash"),
            7L,
            new Action.Patch(7, Optional.of("n"), Optional.empty()),
            List.of("Updated")),
        Arguments.of(known(7, "hash"), 7L, new Action.SetEnabled(7, true), List.of("Enabled")),
        Arguments.of(known(7, "hash"), 7L, new Action.SetEnabled(7, false), List.of("Disabled")),
        Arguments.of(
            known(7, "hash"), 7L, new Action.Adopt(new Action.Replace(7)), List.of("Adopted")),
        Arguments.of(known(7, "hash"), 7L, create, List.of()),
        Arguments.of(known(7, "hash"), 7L, new Action.Release(7, Set.of()), List.of()),
        Arguments.of(
            known(7, "hash"), 7L, new Action.Delete(new TreeSet<>(List.of(8L))), List.of()));
  }

  @ParameterizedTest
  @MethodSource("arrivals")
  void reportsEachChangeOnce(
      Recorded before, long id, Action.Mutation done, List<String> expected) {
    // Given
    Observation seen = done == null ? Observation.NONE : Observation.NONE.after(done);
    // When
    List<EventRecord> events = ReconcileEvents.between(before, known(id, "hash"), seen);
    // Then
    assertThat(events).extracting(EventRecord::reason).isEqualTo(expected);
  }

  /** The message is read alone, as in kubectl describe. */
  @ParameterizedTest
  @CsvSource({"true, Instance 7 is enabled.", "false, Instance 7 is disabled."})
  void saysWhatASwitchDid(boolean enabled, String message) {
    // Given
    Observation seen = Observation.NONE.after(new Action.SetEnabled(7, enabled));
    // When
    List<EventRecord> events = ReconcileEvents.between(known(7, "hash"), known(7, "hash"), seen);
    // Then
    assertThat(events).extracting(EventRecord::message).containsExactly(message);
  }

  @Test
  void reportsADuplicateOnce() {
    // Given
    Recorded one = known(7, "hash").withDuplicates(new TreeSet<>(List.of(8L)));
    Recorded two = known(7, "hash").withDuplicates(new TreeSet<>(List.of(8L, 9L)));
    // When
    List<EventRecord> events = ReconcileEvents.between(one, two, Observation.NONE);
    // Then
    assertThat(events)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("[9]").doesNotContain("8"));
    assertThat(ReconcileEvents.between(two, two, Observation.NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_ENTRIES,true", "ACCOUNT_REJECTED,true", "DISABLED,true", "RATE_LIMITED,true",
    "DELETION_BLOCKED,true", "NOT_ACCEPTED,true", "TIMED_OUT,false", "AVAILABLE,false",
    "PROVISIONING,false", "SUSPENDED,false",
  })
  void warnsOnlyForReasonsThatNeedAPerson(Reason reason, boolean warned) {
    // Given
    Outcome outcome = Outcome.of(reason, "Message.");
    // When
    Optional<EventRecord> event = ReconcileEvents.ofOutcome(Optional.empty(), outcome);
    // Then
    assertThat(event.isPresent()).isEqualTo(warned);
    assertThat(ReconcileEvents.ofOutcome(Optional.of(reason), outcome)).as("once").isEmpty();
  }

  static Stream<Arguments> counted() {
    Action.Create create = new Action.Create(SendWindow.ALWAYS);
    Recorded opened = known(7, "hash").withIntent(new Intent(1, NOW), Optional.empty());
    return Stream.of(
        Arguments.of("a first creation", Recorded.NOTHING, create, Reason.AVAILABLE, "FirstReady"),
        Arguments.of("found after a lost answer", OPEN, null, Reason.AVAILABLE, "FirstReady"),
        Arguments.of("not usable yet", OPEN, null, Reason.DISABLED, ""),
        Arguments.of("made anew", known(7, "hash"), create, Reason.AVAILABLE, "Recreated"),
        Arguments.of("made anew, answer lost", opened, null, Reason.AVAILABLE, "Recreated"),
        Arguments.of("another one taken", known(7, "hash"), null, Reason.AVAILABLE, ""),
        Arguments.of("nothing", known(8, "hash"), null, Reason.AVAILABLE, ""),
        Arguments.of("held", known(8, "hash"), null, Reason.RECREATION_HELD, "RecreationHeld"),
        Arguments.of("deletion held", known(8, "hash"), null, Reason.DELETION_HELD, "DeletionHeld"),
        Arguments.of(
            "still held", UsableInstance.held(known(8, "hash")), null, Reason.RECREATION_HELD, ""),
        Arguments.of(
            "still held after another failure",
            lastReason(UsableInstance.held(known(8, "hash")), Reason.SERVICE_FAILED),
            null,
            Reason.RECREATION_HELD,
            ""));
  }

  /** A metric that counts twice, or counts a first creation as a loss, causes a false alert. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("counted")
  void countsEachChangeOnce(
      String what, Recorded before, Action.Mutation done, Reason reason, String expected) {
    // Given
    Observation seen = done == null ? Observation.NONE : Observation.NONE.after(done);
    // When
    List<ReconcileEvent> counted =
        ReconcileEvents.counted(before, known(8, "hash"), seen, Outcome.of(reason, "Message."));
    // Then
    assertThat(counted)
        .extracting(occurrence -> occurrence.getClass().getSimpleName())
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  private static Recorded lastReason(Recorded r, Reason reason) {
    return r.withReason(Optional.of(reason));
  }

  private static Recorded known(long id, String hash) {
    return UsableInstance.recorded(id).withConfigurationHash(Optional.ofNullable(hash));
  }
}
