package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrdStateTest {
  private static final ObjectMeta RESOURCE =
      new ObjectMetaBuilder().withDeletionTimestamp("2026-11-24T10:00:00Z").build();

  static Stream<Arguments> crds() {
    return Stream.of(
        Arguments.of("the usual", crd("2026-01-01T00:00:00Z"), CrdState.IN_USE),
        Arguments.of(
            "created in the second of the deletion, so it may have been there",
            crd("2026-11-24T10:00:00Z"),
            CrdState.IN_USE),
        Arguments.of(
            "marked before or after its resource: clocks of two API servers differ",
            crd("2026-01-01T00:00:00Z").withDeletionTimestamp("2026-11-24T10:00:02Z"),
            CrdState.BEING_DELETED),
        Arguments.of(
            "its finalizer was removed by hand, and it was applied again",
            crd("2026-11-24T10:05:00Z"),
            CrdState.BEING_DELETED),
        Arguments.of(
            "confirmed",
            crd("2026-01-01T00:00:00Z")
                .withDeletionTimestamp("2026-11-24T10:00:00Z")
                .addToAnnotations(CrdState.CONFIRM_DELETION, "true"),
            CrdState.IN_USE),
        Arguments.of(
            "confirmed on the one that was applied again",
            crd("2026-11-24T10:05:00Z").addToAnnotations(CrdState.CONFIRM_DELETION, "true"),
            CrdState.IN_USE),
        Arguments.of(
            "annotated with something else",
            crd("2026-01-01T00:00:00Z")
                .withDeletionTimestamp("2026-11-24T10:00:00Z")
                .addToAnnotations(CrdState.CONFIRM_DELETION, "false"),
            CrdState.BEING_DELETED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("crds")
  void distinguishesAResourceDeletionFromACrdDeletion(
      String why, ObjectMetaBuilder crd, CrdState expected) {
    // Given
    Optional<ObjectMeta> read = Optional.of(crd.build());
    // When
    CrdState state = CrdState.of(read, RESOURCE);
    // Then
    assertThat(state).as(why).isEqualTo(expected);
  }

  /** A cached resource may outlive its CRD. */
  @Test
  void aMissingCrdIsBeingDeleted() {
    // Given
    Optional<ObjectMeta> none = Optional.empty();
    // When
    CrdState state = CrdState.of(none, RESOURCE);
    // Then
    assertThat(state).isEqualTo(CrdState.BEING_DELETED);
  }

  private static ObjectMetaBuilder crd(String created) {
    return new ObjectMetaBuilder().withName(CrdState.CRD).withCreationTimestamp(created);
  }
}
