package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which missing instance is a loss of the account, of which too many hold every recreation. */
class LostInstancesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final long MISSING = 7;
  private static final long ANOTHER = 8;

  /** Holds the second loss. */
  private final RecreationGuard guard = new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1);

  @Test
  void aRecordedInstanceOfTheAccountIsLost() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().finalized().reporting(missing()).build();
    // When
    reconcile(input);
    // Then
    assertThat(guard.holds(account(input), ANOTHER, NOW)).isTrue();
  }

  static Stream<Named<ReconcileInput>> noLosses() {
    String adopt = "adoptInstanceId: " + MISSING;
    return Stream.of(
        Named.of("the spec names any id", ReconcileInputs.helpdesk(adopt).build()),
        Named.of(
            "it is to be observed",
            ReconcileInputs.helpdesk(adopt, "managementPolicy: Observe").build()),
        Named.of(
            "it is only planned",
            ReconcileInputs.helpdesk(adopt, "managementPolicy: Plan").build()),
        Named.of(
            "it was asked to be deleted, and an answer was lost",
            ReconcileInputs.helpdesk().reporting(missing()).deleting().build()),
        Named.of(
            "it was seen in another account",
            ReconcileInputs.helpdesk("baseUrl: " + ReconcileInputs.OTHER_BASE_URL)
                .finalized()
                .reporting(missing())
                .build()));
  }

  @ParameterizedTest
  @MethodSource("noLosses")
  void isNoLossWhere(ReconcileInput input) {
    // When
    reconcile(input);
    // Then
    assertThat(guard.holds(account(input), ANOTHER, NOW)).isFalse();
  }

  private void reconcile(ReconcileInput input) {
    new Reconciliation(
            new NothingThere(),
            CallPermits.UNLIMITED,
            new RecordedCluster(),
            ReconcileInputs.SETTINGS,
            FleetGuards.of(guard),
            InstantSource.fixed(NOW))
        .run(input);
  }

  /** Of a resource that has had the missing instance. */
  static ConnectWiseInstanceStatus missing() {
    Recorded recorded =
        Recorded.NOTHING.seen(
            RemoteInstances.tagged(MISSING, "the-token", "made by hand"),
            desired(ReconcileInputs.helpdesk().build()));
    return StatusComposer.compose(
        Optional.empty(),
        3,
        new StatusReport(
            Outcome.of(Reason.AVAILABLE, "Message."), recorded, List.of(), Optional.empty()),
        NOW);
  }

  private static String account(ReconcileInput input) {
    return desired(input).account().fingerprint();
  }

  private static DesiredInstance desired(ReconcileInput input) {
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }
}
