package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.FieldsV1Builder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Who changed a spec last. That the API server writes such entries for {@code kubectl apply},
 * {@code patch} and {@code annotate} is shown by the test on the real one.
 */
class LastSpecWriterTest {
  private static final ManagedFieldsEntry APPLIED =
      entry("kubectl-client-side-apply", "2026-11-24T12:00:00Z", "", "f:metadata", "f:spec");
  private static final ManagedFieldsEntry PATCHED =
      entry("kubectl-patch", "2026-11-24T12:05:00Z", "", "f:spec");

  /** The first change does not stay the last one. */
  @Test
  void isTheOneThatWroteLast() {
    assertThat(LastSpecWriter.of(List.of(PATCHED, APPLIED))).contains("kubectl-patch");
  }

  /** The operator's own writes come after every change of a person. */
  @Test
  void isNoManagerOfTheStatus() {
    // Given
    ManagedFieldsEntry status =
        entry("connectwise-operator", "2026-11-24T12:10:00Z", "status", "f:status");
    ManagedFieldsEntry odd = entry("controller", "2026-11-24T12:11:00Z", "scale", "f:spec");
    // Then
    assertThat(LastSpecWriter.of(List.of(APPLIED, status, odd)))
        .contains("kubectl-client-side-apply");
  }

  /** An annotation or a finalizer asks nothing of the service. */
  @Test
  void isNoManagerOfMetadataAlone() {
    // Given
    ManagedFieldsEntry annotated =
        entry("kubectl-annotate", "2026-11-24T12:10:00Z", "", "f:metadata");
    // Then
    assertThat(LastSpecWriter.of(List.of(APPLIED, annotated)))
        .contains("kubectl-client-side-apply");
  }

  /** The API server's times have no fractions: neither of the two may be blamed alone. */
  @Test
  void areAllThatWroteInOneSecond() {
    // Given
    ManagedFieldsEntry other = entry("argocd-controller", PATCHED.getTime(), "", "f:spec");
    // Then
    assertThat(LastSpecWriter.of(List.of(PATCHED, APPLIED, other)))
        .contains("argocd-controller, kubectl-patch");
  }

  /** An object that was written without managers, or by one without a name. */
  @Test
  void isUnknownWithoutEntries() {
    assertThat(LastSpecWriter.of(List.of())).isEmpty();
    assertThat(LastSpecWriter.of(List.of(new ManagedFieldsEntry()))).isEmpty();
  }

  /** What is kept of an object gives the same answer as all of it. */
  @Test
  void isKnownFromWhatIsKept() {
    // Given
    List<ManagedFieldsEntry> all = List.of(APPLIED, PATCHED);
    // When
    List<ManagedFieldsEntry> kept = LastSpecWriter.last(all);
    // Then
    assertThat(kept).containsExactly(PATCHED);
    assertThat(LastSpecWriter.of(kept)).isEqualTo(LastSpecWriter.of(all));
  }

  @Test
  void isUnknownWithoutAName() {
    // Given
    ManagedFieldsEntry nameless = entry("", "2026-11-24T12:10:00Z", "", "f:spec");
    // Then
    assertThat(LastSpecWriter.of(List.of(nameless))).contains("unknown");
  }

  private static ManagedFieldsEntry entry(
      String manager, String time, String subresource, String... fields) {
    FieldsV1Builder owned = new FieldsV1Builder();
    for (String field : fields) {
      owned.addToAdditionalProperties(field, Map.of());
    }
    return new ManagedFieldsEntryBuilder()
        .withManager(manager)
        .withTime(time)
        .withSubresource(subresource.isEmpty() ? null : subresource)
        .withFieldsV1(owned.build())
        .build();
  }
}
