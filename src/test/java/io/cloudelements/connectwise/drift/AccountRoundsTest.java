package io.cloudelements.connectwise.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.ListedInstance;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a round looks at, and that a listing which lies costs a few looks and no more. */
class AccountRoundsTest {
  private static final int ALL = 1_000;

  private final AccountRounds rounds = new AccountRounds(5, 500);

  @Test
  void whatIsInStepIsLeftAlone() {
    // Given
    Population resources = atRest(numbers(ALL));
    // When
    AccountRounds.Plan plan = rounds.plan(resources, listing(numbers(ALL)));
    // Then
    assertThat(plan.looks()).isEmpty();
    assertThat(plan.doubted()).isFalse();
  }

  @Test
  void aFewThatAreMissingAreLookedAt() {
    // Given
    Population resources = atRest(numbers(ALL));
    // When
    AccountRounds.Plan plan = rounds.plan(resources, listing(numbers(ALL - 5)));
    // Then
    assertThat(plan.looks()).hasSize(5);
    assertThat(plan.absent()).as("a loss of few is no fault").isEmpty();
  }

  /** The look has answered; a service that keeps lying must not cost a look a round. */
  @Test
  void theSameClaimIsLookedIntoOnce() {
    // Given
    Population resources = atRest(numbers(ALL));
    rounds.plan(resources, listing(numbers(ALL - 5)));
    // When
    AccountRounds.Plan again = rounds.plan(resources, listing(numbers(ALL - 5)));
    // Then
    assertThat(again.looks()).isEmpty();
  }

  /** What was repaired and comes again is another drift. */
  @Test
  void aClaimThatWentAwayIsNewsWhenItComesBack() {
    // Given
    Population resources = atRest(numbers(ALL));
    rounds.plan(resources, listing(numbers(ALL - 5)));
    rounds.plan(resources, listing(numbers(ALL)));
    // When
    AccountRounds.Plan again = rounds.plan(resources, listing(numbers(ALL - 5)));
    // Then
    assertThat(again.looks()).hasSize(5);
  }

  /** An empty listing of 1,000 is three looks, in every round three others. */
  @Test
  void anEmptyListingIsNotBelieved() {
    // Given
    Population resources = atRest(numbers(ALL));
    Set<Expected> looked = new HashSet<>();
    // When
    for (int round = 0; round < 10; round++) {
      AccountRounds.Plan plan = rounds.plan(resources, listing(Set.of()));
      assertThat(plan.doubted()).isTrue();
      assertThat(plan.absent()).hasSize(ALL);
      looked.addAll(plan.looks().keySet());
    }
    // Then
    assertThat(looked).hasSize(30);
  }

  /** When the few are really gone, the others are looked at too. */
  @Test
  void whatTheSampleProvesIsBelieved() {
    // Given
    Set<String> sample = uids(rounds.plan(atRest(numbers(ALL)), listing(Set.of())));
    Population lost = without(sample, sample, Set.of());
    // When
    AccountRounds.Plan plan = rounds.plan(lost, listing(Set.of()));
    // Then
    assertThat(plan.doubted()).isFalse();
    assertThat(plan.looks()).as("no more than a round may bring").hasSize(500);
  }

  /** A service that fails answers nothing, so that its listing is not proven by it. */
  @Test
  void aSampleThatFailsProvesNothing() {
    // Given
    Set<String> sample = uids(rounds.plan(atRest(numbers(ALL)), listing(Set.of())));
    Population failing = without(sample, Set.of(), sample);
    // When
    AccountRounds.Plan plan = rounds.plan(failing, listing(Set.of()));
    // Then
    assertThat(plan.doubted()).isTrue();
    assertThat(plan.looks()).isEmpty();
  }

  /** Somebody deleted them meanwhile, which says nothing about the listing. */
  @Test
  void aSampleThatIsDeletedProvesNothing() {
    // Given
    Set<String> sample = uids(rounds.plan(atRest(numbers(ALL)), listing(Set.of())));
    // When
    AccountRounds.Plan plan = rounds.plan(without(sample, Set.of(), Set.of()), listing(Set.of()));
    // Then
    assertThat(plan.doubted()).isTrue();
    assertThat(plan.looks()).hasSize(3);
  }

  private static Population atRest(Collection<Integer> numbers) {
    return new Population(numbers.stream().map(Samples::resource).toList(), Set.of(), Set.of());
  }

  private static Population without(Set<String> gone, Set<String> lost, Set<String> others) {
    return new Population(
        numbers(ALL).stream()
            .map(Samples::resource)
            .filter(resource -> !gone.contains(resource.uid()))
            .toList(),
        lost,
        others);
  }

  private static AccountInstances listing(Collection<Integer> numbers) {
    List<ListedInstance> items = numbers.stream().map(Samples::item).toList();
    return Samples.listing(items);
  }

  private static Set<Integer> numbers(int count) {
    return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toSet());
  }

  private static Set<String> uids(AccountRounds.Plan plan) {
    return plan.looks().keySet().stream().map(Expected::uid).collect(Collectors.toSet());
  }
}
