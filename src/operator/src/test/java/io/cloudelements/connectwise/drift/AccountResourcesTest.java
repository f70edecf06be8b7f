package io.cloudelements.connectwise.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountResourcesTest {
  /** The listing that lacked its instance was right, also when another failure came later. */
  @Test
  void aHeldRecreationStaysLostUnderAnotherFailure() {
    // Given
    ConnectWiseInstance held = Resources.acme();
    held.setStatus(after(held, Reason.RECREATION_HELD));
    ConnectWiseInstance failing = Resources.acme();
    failing.setStatus(after(held, Reason.SERVICE_FAILED));
    // When
    AccountResources resources =
        AccountResources.of(
            List.of(failing),
            new ExpectedInstance.Operation(
                "test", Duration.ofMinutes(10), ManagementPolicy.MANAGE));
    // Then
    assertThat(resources.lost()).containsExactly("uid-1");
    assertThat(resources.others()).isEmpty();
  }

  private static ConnectWiseInstanceStatus after(ConnectWiseInstance resource, Reason reason) {
    StatusReport report =
        new StatusReport(
            Outcome.of(reason, "Message."),
            StatusReader.recorded(resource),
            List.of(),
            Optional.empty());
    return StatusComposer.compose(
        StatusReader.status(resource), 1, report, Instant.parse("2026-11-24T10:00:00Z"));
  }
}
