package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventBudgetTest {
  private long nanos = Long.MAX_VALUE - 1;
  private final EventBudget budget = new EventBudget(() -> nanos);

  @Test
  void aResourceThatChangesAllTheTimeHasABoundedNumberOfEvents() {
    // When
    long published = spend("uid-1", 1_000);
    // Then
    assertThat(published).isEqualTo(EventBudget.BURST);
    assertThat(spend("uid-2", 1)).as("of another resource").isEqualTo(1);
  }

  @Test
  void oneMoreEventComesWithEachPeriod() {
    // Given
    spend("uid-1", 1_000);
    passes(EventBudget.REFILL.multipliedBy(2).minusNanos(1));
    long afterOne = spend("uid-1", 1_000);
    // When
    passes(Duration.ofNanos(1));
    // Then
    assertThat(afterOne).isEqualTo(1);
    assertThat(spend("uid-1", 1_000)).isEqualTo(1);
  }

  @Test
  void aQuietResourceHasTheWholeBudgetAgainAndNoMore() {
    // Given
    spend("uid-1", 1_000);
    // When
    passes(EventBudget.REFILL.multipliedBy(1_000));
    // Then
    assertThat(spend("uid-1", 1_000)).isEqualTo(EventBudget.BURST);
  }

  private long spend(String uid, int times) {
    return IntStream.range(0, times).filter(_ -> budget.spend(uid)).count();
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
  }
}
