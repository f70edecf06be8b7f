package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.UsableInstance;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConclusionTest {
  private static final Observation CHANGED = Observation.NONE.after(new Action.Replace(7));
  private static final Recorded ADOPTING =
      UsableInstance.recorded(7)
          .withAdoption(
              Optional.of(
                  new Adoption.Open(7, Instant.parse("2026-11-24T10:00:00Z"), Optional.empty())));

  /** An instance that never became ready can still be given back as it was found. */
  @ParameterizedTest
  @CsvSource({
    "Manage, AVAILABLE, true",
    "Manage, UPDATING, false",
    "Manage, NOT_ACCEPTED, true",
    "Manage, INVALID, false",
    "Observe, AVAILABLE, false"
  })
  void theFirstReadyCompletesAManagedAdoption(String policy, Reason reason, boolean complete) {
    // Given
    Conclusion conclusion = conclusion(policy, reason, false);
    // When
    Recorded delivered = conclusion.delivered("acme-token");
    // Then
    assertThat(delivered.openAdoption().isEmpty()).isEqualTo(complete);
    assertThat(delivered.adoption()).isPresent();
    assertThat(delivered.tokenSecret()).contains("acme-token");
  }

  /** Another one than before may have been delivered under another name. */
  @Test
  void theDeliveredSecretIsRecorded() {
    // When
    Recorded delivered = conclusion("Manage", Reason.UPDATING, false).delivered("renamed");
    // Then
    assertThat(delivered.tokenSecret()).contains("renamed");
  }

  @Test
  void eventsArePublishedOnce() {
    // Given
    Conclusion conclusion = conclusion("Manage", Reason.AVAILABLE, false);
    // When
    Observation first = conclusion.unreported();
    // Then
    assertThat(first).isEqualTo(CHANGED);
    assertThat(conclusion.reported(UsableInstance.recorded(8)).unreported())
        .isEqualTo(Observation.NONE);
    assertThat(conclusion.reported(UsableInstance.recorded(8)).recorded().instanceId())
        .contains(8L);
  }

  /** What is kept is what a later reconcile writes, whatever was published before. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatIsKeptSaysTheSame(boolean isReported) {
    // Given
    Conclusion conclusion = conclusion("Manage", Reason.AVAILABLE, isReported);
    // When
    Conclusion resumed = conclusion.kept().of(conclusion.desired());
    // Then
    assertThat(resumed).isEqualTo(conclusion);
  }

  private static Conclusion conclusion(String policy, Reason reason, boolean isReported) {
    return new Conclusion(
        desired("managementPolicy: " + policy, "adoptInstanceId: 7"),
        Outcome.of(reason, "Message."),
        ADOPTING,
        CHANGED,
        Optional.of(RemoteInstances.bare(7, "the-token")),
        isReported);
  }

  private static DesiredInstance desired(String... lines) {
    var resolution =
        new DesiredResolver(ReconcileInputs.SETTINGS)
            .resolve(ReconcileInputs.helpdesk(lines).build());
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }
}
