package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.platform.InstancesApi;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What {@code schedule} cannot show: the ends of a pass that asks the service nothing. */
class InstanceReconciliationTest {
  private static final InstancesApi NOT_ASKED =
      (InstancesApi)
          Proxy.newProxyInstance(
              InstancesApi.class.getClassLoader(),
              new Class<?>[] {InstancesApi.class},
              (_, method, _) -> {
                throw new AssertionError("asks the service: " + method.getName());
              });

  private final RecordedCluster cluster = new RecordedCluster();

  /** Nobody learns of a defect from a log alone, and an exception's text may hold a secret. */
  @Test
  void aDefectIsReportedAsUnknownAndTriedAgain() {
    // Given
    Snapshot snapshot = Snapshots.helpdesk().build();
    // When
    PassResult result = reconciliation().unexpected(snapshot);
    // Then
    assertThat(result.reason()).contains(Reason.INTERNAL_ERROR);
    assertThat(result.failed()).isTrue();
    assertThat(result.requeueAfter()).isPresent();
    assertThat(cluster.status().conditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .singleElement()
        .satisfies(ready -> assertThat(ready.getStatus()).isEqualTo("Unknown"))
        .satisfies(ready -> assertThat(ready.getMessage()).contains("its log has the stack trace"));
  }

  @Test
  void aDefectThatCannotBeReportedForAnotherWriterIsLookedAtAgain() {
    // Given
    cluster.overtaken();
    Snapshot snapshot = Snapshots.helpdesk().failedBefore(1).build();
    // When
    PassResult result = reconciliation().unexpected(snapshot);
    // Then
    assertThat(result.requeueAfter()).contains(Duration.ofMillis(200));
    assertThat(result.reason()).isEmpty();
  }

  @Test
  void whoeverIsOvertakenEndsWithoutAnotherStep() {
    // Given
    cluster.overtaken();
    Snapshot snapshot = Snapshots.helpdesk("suspend: true").build();
    // When
    PassResult result = reconciliation().run(snapshot);
    // Then
    assertThat(result.reason()).isEmpty();
    assertThat(cluster.notices()).isEmpty();
  }

  /** No POST was ever made for it, so that nothing is looked for and nobody waits. */
  @Test
  void aResourceWithoutOurFinalizerGoesAtOnce() {
    // Given
    Snapshot snapshot = Snapshots.helpdesk().deletingWithoutFinalizer().build();
    // When
    PassResult result = reconciliation().run(snapshot);
    // Then
    assertThat(result.reason()).contains(Reason.DELETED);
    assertThat(cluster.writes()).isEmpty();
  }

  private InstanceReconciliation reconciliation() {
    return new InstanceReconciliation(
        NOT_ASKED,
        cluster,
        Snapshots.SETTINGS,
        new RecreationBrake(5, Duration.ofMinutes(10), _ -> 1),
        InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z")));
  }
}
