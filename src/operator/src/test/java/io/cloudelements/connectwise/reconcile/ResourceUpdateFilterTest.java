package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which changes of a resource bring a reconcile. */
class ResourceUpdateFilterTest {
  private static final boolean NEWS = true;
  private static final boolean NOTHING = false;

  static Stream<Arguments> changes() {
    return Stream.of(
        row("the spec is the user's wish", NEWS, r -> r.getMetadata().setGeneration(2L)),
        row(
            "an annotation asks for a reconcile, a recreation or a take-over",
            NEWS,
            r -> r.getMetadata().setAnnotations(Map.of("cloudelements.io/take-over", "true"))),
        row(
            "a deletion waits for our finalizer",
            NEWS,
            r -> r.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z")),
        row(
            "without the finalizer a deletion would leave the instance behind",
            NEWS,
            r -> r.getMetadata().setFinalizers(List.of())),
        row(
            "the finalizer was removed by this operator, or taken from it",
            NEWS,
            r -> {
              r.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z");
              r.getMetadata().setFinalizers(List.of());
            }),
        row("a wiped status is found again at once", NEWS, r -> r.setStatus(null)),
        row(
            "a status without its instance was edited by another writer",
            NEWS,
            r -> r.setStatus(Resources.status(1L, null, "account-1", "acme-token"))),
        row("another resource under the same name", NEWS, r -> r.getMetadata().setUid("uid-2")),
        row(
            "a report of ours is an echo",
            NOTHING,
            r -> r.setStatus(Resources.status(1L, 8L, "account-1", "acme-token"))),
        row(
            "a label is no input",
            NOTHING,
            r -> r.getMetadata().setLabels(Map.of("team", "support"))),
        row(
            "another finalizer is another operator's affair",
            NOTHING,
            r ->
                r.getMetadata()
                    .setFinalizers(List.of("other/thing", "cloudelements.io/element-instance"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void acceptsOnlyRelevantUpdates(
      String reason, boolean expected, Consumer<ConnectWiseInstance> change) {
    // Given
    ResourceUpdateFilter filter = new ResourceUpdateFilter(_ -> false);
    ConnectWiseInstance now = Resources.acme(change);
    // When
    boolean accepted = filter.accept(now, Resources.acme());
    // Then
    assertThat(accepted).as(reason).isEqualTo(expected);
  }

  /** Before a creation we drop the id of an instance that is gone; that causes no reconcile. */
  @Test
  void ignoresAnInstanceIdRemovedByItsOwnWrite() {
    // Given
    WrittenVersions written = new WrittenVersions();
    written.resourceWritten(new ResourceId("integrations", "acme"), "uid-1", "11");
    ConnectWiseInstance now =
        Resources.acme(r -> {
          r.getMetadata().setResourceVersion("11");
          r.setStatus(Resources.status(1L, null, "account-1", "acme-token"));
        });
    // When
    boolean accepted =
        new ResourceUpdateFilter(written::isLastVersion).accept(now, Resources.acme());
    // Then
    assertThat(accepted).isFalse();
  }

  private static Arguments row(
      String reason, boolean accepted, Consumer<ConnectWiseInstance> change) {
    return arguments(reason, accepted, change);
  }
}
