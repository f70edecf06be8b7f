package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.Reason;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reconcile's write of its resource does when another writer was first. */
class GuardedWritesTest {
  private static final ConnectWiseInstanceStatus NEXT =
      Resources.reporting(Resources.acme().getStatus(), Reason.UPDATING);

  private final RecordedCluster cluster = new RecordedCluster();
  private final ConnectWiseInstance resource = Resources.acme();
  private final GuardedWrites writes = writes(resource);

  /** Labels, other managers' fields and a requested reconcile are no reason to begin anew. */
  @Test
  void aStatusIsWrittenOnALaterVersionThatAsksTheSame() {
    // Given
    cluster.shows(later(_ -> {}));
    cluster.conflicts(1);
    // When
    writes.writeStatus(NEXT);
    // Then
    assertThat(cluster.writes()).containsExactly("status at 15");
    assertThat(writes.ref().version()).isEqualTo("11");
    assertThat(writes.status()).contains(NEXT);
  }

  /** Each of the next versions may be outdated at once by a busy writer. */
  @Test
  void aStatusIsTriedFiveTimes() {
    // Given
    cluster.shows(later(_ -> {}));
    cluster.conflicts(4);
    // When
    writes.writeStatus(NEXT);
    // Then
    assertThat(cluster.writes()).containsExactly("status at 15");
  }

  /** A writer that never stops must not hold a thread. */
  @Test
  void theFifthConflictEndsTheReconcile() {
    // Given
    cluster.shows(later(_ -> {}));
    cluster.conflicts(5);
    // When
    Throwable thrown = catchThrowable(() -> writes.writeStatus(NEXT));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
    assertThat(writes.status()).as("what the API server has").contains(resource.getStatus());
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("another spec", now -> now.getMetadata().setGeneration(2L)),
        change("deleted", now -> now.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z")),
        change(
            "confirmed",
            now -> now.getMetadata().setAnnotations(Map.of(Confirmation.DELETE.annotation(), "7"))),
        change("its finalizer is gone", now -> now.getMetadata().setFinalizers(List.of())),
        change(
            "another instance is recorded",
            now -> now.setStatus(Resources.status(1L, 8L, "account-1", "acme-token"))),
        change("its status is lost", now -> now.setStatus(null)));
  }

  private static Arguments change(String name, Consumer<ConnectWiseInstance> change) {
    return argumentSet(name, change);
  }

  /** What was decided on the earlier version may be wrong on this one. */
  @ParameterizedTest
  @MethodSource("changes")
  void aLaterVersionThatAsksForSomethingElseEndsTheReconcile(Consumer<ConnectWiseInstance> change) {
    // Given
    cluster.shows(later(change));
    cluster.conflicts(1);
    // When
    Throwable thrown = catchThrowable(() -> writes.writeStatus(NEXT));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
    assertThat(writes.ref().version()).isEqualTo("10");
  }

  /** Deleted meanwhile, and a new one of the same name is another resource. */
  @Test
  void aResourceThatIsGoneEndsTheReconcile() {
    // Given
    cluster.conflicts(1);
    // When
    Throwable thrown = catchThrowable(writes::removeFinalizer);
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
  }

  /** A replica that wrote first may be about to create too. */
  @Test
  void anIntentIsNeverRepeatedOnALaterVersion() {
    // Given
    cluster.shows(later(_ -> {}));
    cluster.conflicts(1);
    // When
    Throwable thrown = catchThrowable(() -> writes.writeIntent(NEXT));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
    assertThat(writes.status()).contains(resource.getStatus());
  }

  @Test
  void anIntentIsKnownAfterItIsWritten() {
    // When
    writes.writeIntent(NEXT);
    // Then
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(writes.status()).contains(NEXT);
    assertThat(writes.ref().version()).isEqualTo("11");
  }

  /** The finalizer comes before the intent, and would let it pass on a version nothing rests on. */
  @Test
  void theFinalizerIsNeverAddedToALaterVersion() {
    // Given
    GuardedWrites unmarked = writes(fresh());
    cluster.shows(fresh());
    cluster.conflicts(1);
    // When
    Throwable thrown = catchThrowable(unmarked::ensureFinalizer);
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
    assertThat(unmarked.withoutIntent()).isEmpty();
  }

  /** The finalizer that this reconcile added is on every later version too. */
  @Test
  void aStatusFollowsTheFinalizerOfTheSameReconcile() {
    // Given
    ConnectWiseInstance unmarked = Resources.acme(it -> it.getMetadata().setFinalizers(List.of()));
    GuardedWrites marking = writes(unmarked);
    marking.ensureFinalizer();
    cluster.shows(later(_ -> {}));
    cluster.conflicts(1);
    // When
    marking.writeStatus(NEXT);
    // Then
    assertThat(cluster.writes()).containsExactly("add finalizer at 10", "status at 15");
  }

  /** A label that others set on a deleted resource must not keep it. */
  @Test
  void theFinalizerIsRemovedFromALaterVersion() {
    // Given
    cluster.shows(later(_ -> {}));
    cluster.conflicts(1);
    // When
    writes.removeFinalizer();
    // Then
    assertThat(cluster.writes()).containsExactly("remove finalizer at 15");
  }

  /** What proves that the view is current moves the version as every write does. */
  @Test
  void theNextWriteIsGuardedByTheVersionOfTheAssertion() {
    // Given
    cluster.shows(later(_ -> {}));
    cluster.conflicts(1);
    writes.assertCurrent();
    // When
    writes.writeStatus(NEXT);
    // Then
    assertThat(cluster.writes()).containsExactly("status at 15", "status at 11");
  }

  /** Nothing was made for it, so that there is nothing an old view could overlook. */
  @Test
  void aResourceWithoutStatusAndFinalizerHasNothingToAssert() {
    // Given
    GuardedWrites unmarked = writes(fresh());
    // When
    unmarked.assertCurrent();
    // Then
    assertThat(cluster.writes()).isEmpty();
  }

  /** As long as that is the version, no POST was made. */
  @Test
  void theVersionOfTheFinalizerProvesThatThereIsNoIntent() {
    // Given
    GuardedWrites unmarked = writes(fresh());
    // When
    unmarked.ensureFinalizer();
    // Then
    assertThat(unmarked.withoutIntent()).contains("11");
  }

  @Test
  void aWrittenStatusEndsThatProof() {
    // Given
    GuardedWrites unmarked = writes(fresh());
    unmarked.ensureFinalizer();
    // When
    unmarked.writeStatus(NEXT);
    // Then
    assertThat(unmarked.withoutIntent()).isEmpty();
  }

  /** Its status may record an intent. */
  @Test
  void theFinalizerProvesNothingUnderAStatus() {
    // Given
    GuardedWrites marking =
        writes(Resources.acme(unmarked -> unmarked.getMetadata().setFinalizers(List.of())));
    // When
    marking.ensureFinalizer();
    // Then
    assertThat(cluster.writes()).containsExactly("add finalizer at 10");
    assertThat(marking.withoutIntent()).isEmpty();
  }

  private GuardedWrites writes(ConnectWiseInstance of) {
    return new GuardedWrites(new ReconcileInput(of, Map.of()), cluster);
  }

  private static ConnectWiseInstance fresh() {
    return Resources.acme(it -> {
      it.setStatus(null);
      it.getMetadata().setFinalizers(List.of());
    });
  }

  /** The resource at version 15, with this difference. */
  private static ConnectWiseInstance later(Consumer<ConnectWiseInstance> difference) {
    ConnectWiseInstance later = Resources.acme(difference);
    later.getMetadata().setResourceVersion("15");
    return later;
  }
}
