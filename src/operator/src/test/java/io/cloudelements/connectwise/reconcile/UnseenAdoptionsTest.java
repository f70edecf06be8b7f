package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An adoption whose change was answered, and which no answer has shown. */
class UnseenAdoptionsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  /** The answer to the change leaves its tags out, and after it no search is answered. */
  private static final class Service implements InstancesApi {
    private final List<String> calls = new ArrayList<>();

    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      boolean changed = calls.contains("Replace");
      calls.add(call.getClass().getSimpleName());
      Object answer =
          switch (call) {
            case InstanceCall.Read _ -> RemoteInstances.tagged(7, "the-token", "made by hand");
            case InstanceCall.Replace _ -> RemoteInstances.bare(7, "the-token");
            case InstanceCall.FindByTag _ when !changed -> TagMatches.of(List.of());
            default ->
                throw new InstancesApiException(
                    new RemoteFailure.ServiceFailed(RemoteFailure.ErrorAnswer.NONE, Effect.NONE));
          };
      return call.answerType().cast(answer);
    }
  }

  /**
   * The instance carries this resource's tags by now, and only the record has those that it was
   * found with: a release gives it back with them.
   */
  @Test
  void anAdoptionThatWasMadeStaysRecordedWhereTheSearchForItFails() {
    // Given
    Service service = new Service();
    RecordedCluster cluster = new RecordedCluster();
    ReconcileInput input = ReconcileInputs.helpdesk("adoptInstanceId: 7").build();
    // When
    new Reconciliation(
            service,
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1)),
            InstantSource.fixed(NOW))
        .run(input);
    // Then
    ConnectWiseInstanceStatus status = cluster.status();
    assertThat(service.calls).containsExactly("Read", "FindByTag", "Replace", "FindByTag");
    assertThat(StatusReader.recorded(Optional.of(status), 3).adoption())
        .contains(new Adoption.Open(7, NOW, Optional.of(Set.of("made by hand"))));
  }
}
