package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which drift a change is counted for, and when it counts as repaired. */
class NotedDriftTest {
  private static final DesiredInstance DESIRED =
      ((DesiredResolver.Resolution.Resolved)
              new DesiredResolver(ReconcileInputs.SETTINGS)
                  .resolve(ReconcileInputs.helpdesk("name: Acme").build()))
          .desired();
  private static final Recorded READY =
      Recorded.NOTHING
          .seen(instance("Acme", DESIRED.tags()), DESIRED)
          .withReason(Optional.of(Reason.AVAILABLE));

  private final List<ReconcileEvent> events = new ArrayList<>();

  /** Each field is a series of the metric. */
  @Test
  void everyFieldThatDriftedIsFound() {
    // When
    NotedDrift drift = before(READY, Optional.of(instance("by hand", Set.of("by hand"))));
    // Then
    assertThat(drift.fields()).containsExactly(DriftedField.NAME, DriftedField.TAGS);
    assertThat(events)
        .containsExactly(
            new ReconcileEvent.DriftFound(DriftedField.NAME),
            new ReconcileEvent.DriftFound(DriftedField.TAGS));
  }

  /** The resource's own change is no drift, and would raise an alert. */
  @Test
  void whatTheResourceChangedIsNoDrift() {
    // Given
    Recorded ofAnotherGeneration = READY.withReason(Optional.empty());
    // When
    NotedDrift drift = before(ofAnotherGeneration, Optional.of(instance("Former", Set.of())));
    // Then
    assertThat(drift.fields()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void anInstanceThatIsNotThereHasNotDrifted() {
    // When
    NotedDrift drift = before(READY, Optional.empty());
    // Then
    assertThat(drift.fields()).isEmpty();
    assertThat(events).isEmpty();
  }

  /** A part of the drift may be left for the next change. */
  @Test
  void onlyWhatDiffersNoMoreIsRepaired() {
    // Given
    NotedDrift drift = before(READY, Optional.of(instance("by hand", Set.of("by hand"))));
    events.clear();
    // When
    drift.after(Optional.of(instance("Acme", Set.of("by hand"))));
    // Then
    assertThat(events).containsExactly(new ReconcileEvent.DriftRepaired(DriftedField.NAME));
  }

  /** The change was made; the next full check shows whether it took effect. */
  @Test
  void anAnswerThatShowsNothingLeavesNoDrift() {
    // Given
    NotedDrift drift = before(READY, Optional.of(instance("by hand", DESIRED.tags())));
    events.clear();
    // When
    drift.after(Optional.empty());
    // Then
    assertThat(events).containsExactly(new ReconcileEvent.DriftRepaired(DriftedField.NAME));
  }

  /** What was in place before the change was not repaired by it. */
  @Test
  void whatHadNotDriftedIsNotRepaired() {
    // Given
    NotedDrift drift = before(READY, Optional.of(instance("Acme", DESIRED.tags())));
    // When
    drift.after(Optional.of(instance("Acme", DESIRED.tags())));
    // Then
    assertThat(events).isEmpty();
  }

  private NotedDrift before(Recorded recorded, Optional<RemoteInstance> instance) {
    return NotedDrift.before(recorded, DESIRED, instance, events::add);
  }

  private static RemoteInstance instance(String name, Set<String> tags) {
    return new RemoteInstance(
        7,
        SecretValue.of("the-token"),
        Optional.of(name),
        Optional.empty(),
        Optional.of(tags),
        Availability.UNKNOWN,
        Map.of());
  }
}
