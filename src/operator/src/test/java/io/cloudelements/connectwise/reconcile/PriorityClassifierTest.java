package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a resource shows of its urgency before anything is read. */
class PriorityClassifierTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Consumer<ConnectWiseInstance> DELETED =
      acme -> acme.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z");

  private static final Consumer<ConnectWiseInstance> EDITED =
      acme -> acme.getMetadata().setGeneration(2L);

  static Stream<Arguments> resources() {
    return Stream.of(
        row("new", acme -> acme.setStatus(null), Priority.CREATIONS, true),
        row(
            "new, and its status says that it is queued",
            acme -> acme.setStatus(status(Reason.PROVISIONING)),
            Priority.CREATIONS,
            true),
        row("names no Secret", acme -> acme.setSpec(null), Priority.DRIFT, false),
        row("converged", _ -> {}, Priority.DRIFT, false),
        row("edited", acme -> acme.getMetadata().setGeneration(2L), Priority.CHANGES, true),
        row("deleted", DELETED, Priority.CHANGES, true),
        row(
            "deleted, and no longer ours",
            DELETED.andThen(acme -> acme.getMetadata().setFinalizers(List.of())),
            Priority.CHANGES,
            false),
        row(
            "deleted before anything was made",
            DELETED.andThen(acme -> acme.setStatus(status(Reason.ACCOUNT_REJECTED))),
            Priority.CHANGES,
            false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("resources")
  void classifiesAResourceByItsStatusAndSpec(
      String what, Consumer<ConnectWiseInstance> difference, Priority priority, boolean calls) {
    // Given
    ReconcileInput unread = unread(Resources.acme(difference));
    // When
    Optional<Priority> ofCalls = PriorityClassifier.ofCalls(unread);
    // Then
    assertThat(PriorityClassifier.ofResource(unread)).isEqualTo(priority);
    assertThat(ofCalls).isEqualTo(Optional.of(priority).filter(_ -> calls));
  }

  /** Only where a timer brings it, and nothing has changed. */
  @Test
  void aDueFullCheckOfAConvergedResourceIsDrift() {
    // Given
    ReconcileInput unread =
        unread(Resources.acme(acme -> acme.setStatus(converged())))
            .with(ReconcileHistory.NONE.withNextFullCheck(Optional.of(Duration.ZERO)));
    // When
    Optional<Priority> ofCalls = PriorityClassifier.ofCalls(unread);
    // Then
    assertThat(ofCalls).contains(Priority.DRIFT);
  }

  static Stream<Arguments> withoutCalls() {
    return Stream.of(
        Arguments.of("its last write failed", EDITED, history(false, true, false)),
        Arguments.of("suspended", edited("suspend: true"), ReconcileHistory.NONE),
        Arguments.of("its token Secret alone is another", EDITED, history(false, false, true)),
        Arguments.of(
            "a full check is due, and its last one failed",
            reporting(Reason.SERVICE_FAILED),
            ReconcileHistory.NONE.withNextFullCheck(Optional.of(Duration.ZERO))),
        Arguments.of(
            "no full check is due",
            reporting(Reason.AVAILABLE),
            ReconcileHistory.NONE.withNextFullCheck(Optional.of(Duration.ofMinutes(1)))));
  }

  /** A place among the calls of its account that it does not use is one that others wait for. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutCalls")
  void isNotQueuedBeforeItsSecretsAreReadWhere(
      String what, Consumer<ConnectWiseInstance> difference, ReconcileHistory history) {
    // Given
    ReconcileInput unread = unread(Resources.acme(difference)).with(history);
    // When
    Optional<Priority> ofCalls = PriorityClassifier.ofCalls(unread);
    // Then
    assertThat(ofCalls).isEmpty();
  }

  static Stream<Arguments> editsWithCalls() {
    return Stream.of(
        Arguments.of("an earlier change is open", EDITED, history(true, false, true)),
        Arguments.of(
            "a reconcile is requested",
            EDITED.andThen(PriorityClassifierTest::request),
            history(false, false, true)),
        Arguments.of(
            "its name is another too", edited("name: Other"), history(false, false, true)));
  }

  /** That the token Secret differs is then not all that there is to do. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("editsWithCalls")
  void anEditOfAFulfilledSpecIsQueuedWhere(
      String what, Consumer<ConnectWiseInstance> difference, ReconcileHistory history) {
    // Given
    ReconcileInput unread = unread(Resources.acme(difference)).with(history);
    // When
    Optional<Priority> ofCalls = PriorityClassifier.ofCalls(unread);
    // Then
    assertThat(ofCalls).contains(Priority.CHANGES);
  }

  private static Consumer<ConnectWiseInstance> edited(String line) {
    String spec = "hub: helpdesk\ncredentialsSecretRef: {name: acme-credentials}\n" + line;
    return EDITED.andThen(
        acme -> acme.setSpec(Serialization.unmarshal(spec, ConnectWiseInstanceSpec.class)));
  }

  private static ReconcileHistory history(
      boolean unfinishedChange, boolean unwritten, boolean fulfilled) {
    UnwrittenOutcome left =
        new UnwrittenOutcome(
            new UnwrittenOutcome.FailedWrite(
                new ClusterWriteFailure(ClusterWriteFailure.WriteKind.STATUS, 403, "denied"),
                NOW,
                true),
            Optional.empty(),
            new UnwrittenOutcome.Basis(1, Optional.empty(), Optional.empty(), Set.of()),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    return new ReconcileHistory(
        Optional.empty(),
        0,
        unfinishedChange,
        Optional.empty(),
        Optional.of(left).filter(_ -> unwritten),
        Optional.of(FulfilledSpec.of(Resources.acme())).filter(_ -> fulfilled));
  }

  private static Consumer<ConnectWiseInstance> reporting(Reason reason) {
    return acme -> acme.setStatus(Resources.reporting(acme.getStatus(), reason));
  }

  private static void request(ConnectWiseInstance acme) {
    acme.getMetadata().getAnnotations().put(Annotations.RECONCILE_REQUESTED_AT, "now");
  }

  private static ConnectWiseInstanceStatus converged() {
    return Resources.status(1L, 7L, "account-1", "acme-token");
  }

  private static ConnectWiseInstanceStatus status(Reason reason) {
    return StatusComposer.compose(
        Optional.empty(),
        1,
        new StatusReport(
            Outcome.of(reason, "Because."), Recorded.NOTHING, List.of(), Optional.empty()),
        NOW);
  }

  private static ReconcileInput unread(ConnectWiseInstance resource) {
    return new ReconcileInput(resource, Map.of());
  }

  private static Arguments row(
      String what, Consumer<ConnectWiseInstance> difference, Priority priority, boolean calls) {
    return Arguments.of(what, difference, priority, calls);
  }
}
