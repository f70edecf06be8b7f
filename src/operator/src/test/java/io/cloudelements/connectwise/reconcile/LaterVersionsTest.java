package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Confirmation;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What another writer changed while a reconcile went on, and whether it asks for another one. */
class LaterVersionsTest {

  static Stream<Arguments> laterVersions() {
    return Stream.of(
        later("an echo", true, r -> r.getMetadata().setResourceVersion("11")),
        later("another spec", false, r -> r.getMetadata().setGeneration(4L)),
        later("deleted", false, r -> r.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z")),
        later("no annotations", false, r -> r.getMetadata().setAnnotations(null)),
        later("another value", false, r -> annotate(r, Confirmation.TAKE_OVER.annotation(), "8")),
        later("a confirmation", false, r -> annotate(r, Confirmation.RECREATE.annotation(), "7")),
        later("of its deletion", false, r -> annotate(r, Confirmation.DELETE.annotation(), "7")),
        later("a request", true, r -> annotate(r, Annotations.RECONCILE_REQUESTED_AT, "now")),
        later("a note of others", true, r -> annotate(r, "example.com/note", "seen")));
  }

  /** What a person asked for meanwhile would be lost, and a reconcile for nothing calls. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("laterVersions")
  void onlySpecDeletionAndConfirmationsAskForSomethingElse(
      String what, boolean same, Consumer<ConnectWiseInstance> change) {
    // Given
    String takeOver = Confirmation.TAKE_OVER.annotation();
    ReconcileInput input = ReconcileInputs.helpdesk().annotated(takeOver, "7").build();
    ConnectWiseInstance later =
        ReconcileInputs.helpdesk().annotated(takeOver, "7").build().resource();
    change.accept(later);
    // When
    boolean asksTheSame = input.asksTheSame(later);
    // Then
    assertThat(asksTheSame).isEqualTo(same);
  }

  /** A deletion is not taken back, so both versions that are deleted ask for the same. */
  @Test
  void twoVersionsThatAreBeingDeletedAskForTheSame() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().deleting().build();
    // When
    boolean same = input.asksTheSame(ReconcileInputs.helpdesk().deleting().build().resource());
    // Then
    assertThat(same).isTrue();
    assertThat(input.asksTheSame(ReconcileInputs.helpdesk().build().resource())).isFalse();
  }

  private static Arguments later(String what, boolean same, Consumer<ConnectWiseInstance> change) {
    return Arguments.of(what, same, change);
  }

  private static void annotate(ConnectWiseInstance resource, String annotation, String value) {
    resource.getMetadata().getAnnotations().put(annotation, value);
  }
}
