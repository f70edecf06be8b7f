package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.reconcile.Resources;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which Secrets a reconcile reads. */
class InputReaderTest {
  /**
   * A tenant may write thousands of Secrets of a mebibyte that a resource owns; one reconcile has
   * all.
   */
  @Test
  void boundsTheOwnedSecretsReadPerReconcile() {
    // Given
    Set<String> owned =
        IntStream.range(0, 1_000).mapToObj("stuffing-%03d"::formatted).collect(Collectors.toSet());
    // When
    Set<String> names = InputReader.names(Resources.acme(), owned, Optional.empty());
    // Then
    assertThat(names)
        .contains("acme-credentials", "acme-token", "stuffing-000")
        .hasSize(2 + InputReader.MOST_OWNED);
  }
}
