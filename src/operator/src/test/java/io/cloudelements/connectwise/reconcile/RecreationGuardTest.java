package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecreationGuardTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration ROUND = Duration.ofMinutes(10);

  @Test
  void holdsTheSixthOfTwenty() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    // When
    boolean held = guard.holds("account", 6L, NOW);
    // Then
    assertThat(held).isTrue();
  }

  @Test
  void doesNotHoldTheFifthOfTwenty() {
    // Given
    RecreationGuard guard = guardWithLosses(4, 20);
    // When
    boolean held = guard.holds("account", 5L, NOW);
    // Then
    assertThat(held).isFalse();
  }

  @Test
  void doesNotHoldAFifthOfALargeAccount() {
    // Given
    RecreationGuard guard = guardWithLosses(9, 50);
    // When
    boolean held = guard.holds("account", 10L, NOW);
    // Then
    assertThat(held).as("10 of 50 is exactly a fifth").isFalse();
  }

  @Test
  void lossesBeforeTheIntervalDoNotCount() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    // When
    boolean held = guard.holds("account", 6L, NOW.plus(ROUND).plusSeconds(1));
    // Then
    assertThat(held).isFalse();
  }

  /** Or every recreation would be held for six hours. */
  @Test
  void lossesBeforeTheClockWasSetBackDoNotCount() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    // When
    boolean held = guard.holds("account", 6L, NOW.minus(Duration.ofHours(6)));
    // Then
    assertThat(held).isFalse();
  }

  @Test
  void anInstanceThatReappearsDoesNotCount() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    guard.seen("account", 1L);
    // When
    boolean held = guard.holds("account", 6L, NOW);
    // Then
    assertThat(held).isFalse();
  }

  @Test
  void anInstanceThatWasReplacedCounts() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    guard.seen("account", 101L);
    // When
    boolean held = guard.holds("account", 6L, NOW);
    // Then
    assertThat(held).isTrue();
  }

  /** A listing shows the whole extent before the first of them is looked at. */
  @Test
  void instancesMissingInAListingHoldTheFirst() {
    // Given
    RecreationGuard guard = new RecreationGuard(5, ROUND, _ -> 20);
    guard.absent("account", Set.of(1L, 2L, 3L, 4L, 5L, 6L), NOW);
    // When
    boolean held = guard.holds("account", 1L, NOW);
    // Then
    assertThat(held).isTrue();
  }

  @Test
  void instancesMissingInAnEarlierListingDoNotCount() {
    // Given
    RecreationGuard guard = new RecreationGuard(5, ROUND, _ -> 20);
    guard.absent("account", Set.of(1L, 2L, 3L, 4L, 5L, 6L), NOW);
    Instant later = NOW.plus(ROUND).plusSeconds(1);
    guard.absent("account", Set.of(), later);
    // When
    boolean held = guard.holds("account", 1L, later);
    // Then
    assertThat(held).isFalse();
  }

  @Test
  void accountsAreCountedSeparately() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    // When
    boolean held = guard.holds("other", 6L, NOW);
    // Then
    assertThat(held).isFalse();
  }

  private static RecreationGuard guardWithLosses(int gone, int population) {
    RecreationGuard guard = new RecreationGuard(5, ROUND, _ -> population);
    for (int i = 1; i <= gone; i++) {
      guard.holds("account", i, NOW);
    }
    return guard;
  }
}
