package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecreationGuardTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration ROUND = Duration.ofMinutes(10);

  @ParameterizedTest(name = "{0} of {1} are gone: {2}")
  @CsvSource({"5, 20, true", "4, 20, false", "9, 50, false"})
  void holdsTheNextWhereMoreThanAFifthIsGone(int gone, int population, boolean expected) {
    // Given
    RecreationGuard guard = guardWithLosses(gone, population);
    // When
    boolean held = guard.holds("account", gone + 1L, NOW);
    // Then
    assertThat(held).isEqualTo(expected);
  }

  static Stream<Arguments> afterFiveOfTwenty() {
    return Stream.of(
        argumentSet("the interval has passed", "account", NOW.plus(ROUND).plusSeconds(1)),
        // or every recreation would be held for six hours
        argumentSet("the clock was set back", "account", NOW.minus(Duration.ofHours(6))),
        argumentSet("it is of another account", "other", NOW));
  }

  @ParameterizedTest
  @MethodSource("afterFiveOfTwenty")
  void doesNotHoldASixthWhere(String account, Instant asked) {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    // When
    boolean held = guard.holds(account, 6L, asked);
    // Then
    assertThat(held).isFalse();
  }

  @ParameterizedTest(name = "instance {0} is seen: {1}")
  @CsvSource({"1, false", "101, true"})
  void aLossCountsUntilTheInstanceItselfReappears(long seen, boolean expected) {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    guard.seen("account", seen);
    // When
    boolean held = guard.holds("account", 6L, NOW);
    // Then
    assertThat(held).isEqualTo(expected);
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

  /** Nothing may ever be listed or lost again in an account that is not used any more. */
  @Test
  void whatIsPastIsForgottenWhicheverAccountIsLookedAt() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    guard.absent("other", Set.of(), NOW.plus(ROUND).plusSeconds(1));
    // When: only by a clock that is set back does it show
    boolean held = guard.holds("account", 6L, NOW);
    // Then
    assertThat(held).isFalse();
  }

  @Test
  void aLossCountsForTheWholeInterval() {
    // Given
    RecreationGuard guard = guardWithLosses(5, 20);
    // When
    boolean held = guard.holds("account", 6L, NOW.plus(ROUND));
    // Then
    assertThat(held).isTrue();
  }

  private static RecreationGuard guardWithLosses(int gone, int population) {
    RecreationGuard guard = new RecreationGuard(5, ROUND, _ -> population);
    for (int i = 1; i <= gone; i++) {
      guard.holds("account", i, NOW);
    }
    return guard;
  }
}
