package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Drift is a difference that no spec or Secret asked for. */
class DriftedFieldTest {
  private static final DesiredInstance DESIRED = PlannerInputs.provisioned(7).build().desired();
  private static final RemoteInstance EQUAL = PlannerInputs.instance(7);

  /** A rename at the console is drift. */
  @Test
  void aDifferenceOfAConvergedResourceIsDrift() {
    // Given
    RemoteInstance edited = PlannerInputs.tagged(PlannerInputs.named(EQUAL, "Renamed"), "other");
    // When
    Set<DriftedField> drifted = DriftedField.since(converged(), DESIRED, edited);
    // Then
    assertThat(drifted).containsExactly(DriftedField.NAME, DriftedField.TAGS);
    assertThat(DriftedField.since(converged(), DESIRED, EQUAL)).isEmpty();
  }

  /** A new generation differs because the resource was changed. */
  @Test
  void aPendingChangeIsNoDrift() {
    // Given
    Recorded changed = lastReason(converged(), Optional.empty());
    Recorded failed = lastReason(converged(), Optional.of(Reason.TIMED_OUT));
    RemoteInstance renamed = PlannerInputs.named(EQUAL, "Renamed");
    // When
    Set<DriftedField> drifted = DriftedField.since(changed, DESIRED, renamed);
    // Then
    assertThat(drifted).isEmpty();
    assertThat(DriftedField.since(failed, DESIRED, renamed)).isEmpty();
  }

  /** A rotated Secret moves no generation, and is no drift either. */
  @Test
  void configurationDriftsOnlyIfTheSameWasSent() {
    // Given
    RemoteInstance edited = PlannerInputs.company(EQUAL, "another");
    Recorded rotated = converged().withConfigurationHash(Optional.of("of another password"));
    // When
    Set<DriftedField> drifted = DriftedField.since(converged(), DESIRED, edited);
    // Then
    assertThat(drifted).containsExactly(DriftedField.CONFIGURATION);
    assertThat(DriftedField.since(rotated, DESIRED, edited)).isEmpty();
  }

  /** An undeclared field has no drift. */
  @Test
  void enabledDriftsOnlyWhenDeclared() {
    // Given
    DesiredInstance declared = PlannerInputs.provisioned(7).wanting(true).build().desired();
    RemoteInstance off = EQUAL.withDisabled(true);
    // When
    Set<DriftedField> drifted = DriftedField.since(converged(), declared, off);
    // Then
    assertThat(drifted).containsExactly(DriftedField.ENABLED);
    assertThat(DriftedField.since(converged(), DESIRED, off)).isEmpty();
  }

  private static Recorded converged() {
    return lastReason(
        PlannerInputs.provisioned(7).build().recorded(), Optional.of(Reason.AVAILABLE));
  }

  private static Recorded lastReason(Recorded r, Optional<Reason> reason) {
    return r.withReason(reason);
  }
}
