package io.cloudelements.connectwise.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.State;
import io.cloudelements.connectwise.instance.UsableInstance;
import io.cloudelements.connectwise.reconcile.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other parts read of a resource's status, as it was composed. */
class StatusReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Instant NEXT = NOW.plusSeconds(30);

  @Test
  void readsWhatWasComposed() {
    // Given
    ConnectWiseInstance acme = acme(Reason.AVAILABLE);
    // When
    ConnectWiseInstanceStatus status = StatusReader.status(acme).orElseThrow();
    // Then
    assertThat(StatusReader.instanceId(acme)).contains(7L);
    assertThat(StatusReader.account(acme)).contains("5f2c0c9a1b7e");
    assertThat(StatusReader.observedGeneration(acme)).contains(3L);
    assertThat(StatusReader.tokenSecret(acme)).contains("acme-token");
    assertThat(StatusReader.handledRequest(acme)).contains("2026-11-24T09:59:00Z");
    assertThat(StatusReader.state(acme)).contains(State.VALID);
    assertThat(StatusReader.duplicates(acme)).containsExactly(8L, 9L);
    assertThat(StatusReader.reason(status)).contains(Reason.AVAILABLE);
  }

  /** Several share a label, and mean the opposite for the instance. */
  @ParameterizedTest
  @EnumSource
  void readsBackEveryReason(Reason reason) {
    // Given
    ConnectWiseInstanceStatus status = StatusReader.status(acme(reason)).orElseThrow();
    // When
    Optional<Reason> read = StatusReader.reason(status);
    // Then
    assertThat(read).contains(reason);
    assertThat(StatusReader.outcome(status).map(Outcome::reason)).contains(reason);
  }

  @Test
  void readsNothingWhereNoStatusIs() {
    // Given
    ConnectWiseInstance acme = Resources.acme(resource -> resource.setStatus(null));
    // When
    Optional<ConnectWiseInstanceStatus> status = StatusReader.status(acme);
    // Then
    assertThat(status).isEmpty();
    assertThat(StatusReader.instanceId(acme)).isEmpty();
    assertThat(StatusReader.state(acme)).isEmpty();
    assertThat(StatusReader.duplicates(acme)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"AVAILABLE, true", "DISABLED_AS_ASKED, true", "DISABLED, false", "DELETING, false"})
  void isReadyWhereReadySaysSo(Reason reason, boolean ready) {
    // Given
    ConnectWiseInstanceStatus status = StatusReader.status(acme(reason)).orElseThrow();
    // When
    boolean isReady = StatusReader.isReady(status);
    // Then
    assertThat(isReady).isEqualTo(ready);
  }

  @ParameterizedTest
  @CsvSource({"AVAILABLE, false", "UNREACHABLE, false", "DISABLED, true", "INVALID_SPEC, true"})
  void isStalledWhereStalledSaysSo(Reason reason, boolean stalled) {
    // Given
    ConnectWiseInstanceStatus status = StatusReader.status(acme(reason)).orElseThrow();
    // When
    boolean isStalled = StatusReader.isStalled(status);
    // Then
    assertThat(isStalled).isEqualTo(stalled);
  }

  @Test
  void readsWhenTheNextCheckIs() {
    // Given
    ConnectWiseInstance acme = acme(Reason.UNREACHABLE);
    // When
    Optional<Instant> next = StatusReader.nextCheckAt(acme);
    // Then
    assertThat(next).contains(NEXT);
    assertThat(StatusReader.nextCheckAt(acme(Reason.AVAILABLE))).isEmpty();
  }

  /** Such a name could direct a read to another path of the API server. */
  @ParameterizedTest
  @ValueSource(strings = {"../configmaps/x", "acme-token/", "Acme", "-acme", "acme-", ""})
  void doesNotReadASecretsNameThatIsNone(String name) {
    // Given
    ConnectWiseInstance acme =
        Resources.acme(
            resource -> resource.setStatus(Resources.status(1L, 7L, "5f2c0c9a1b7e", name)));
    // When
    Optional<String> read = StatusReader.tokenSecret(acme);
    // Then
    assertThat(read).isEmpty();
  }

  private static ConnectWiseInstance acme(Reason reason) {
    StatusReport report =
        new StatusReport(
            Outcome.of(reason, "Message."),
            UsableInstance.recorded(7).withDuplicates(new TreeSet<>(List.of(9L, 8L))),
            List.of(),
            Optional.of("2026-11-24T09:59:00Z"),
            ManagementPolicy.MANAGE,
            Optional.of(NEXT));
    return Resources.acme(
        resource -> resource.setStatus(StatusComposer.compose(Optional.empty(), 3, report, NOW)));
  }
}
