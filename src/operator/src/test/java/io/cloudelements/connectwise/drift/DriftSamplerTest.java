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

/** Which resources a listing has checked, and that a wrong listing costs a few full checks. */
class DriftSamplerTest {
  private static final int ALL = 1_000;

  private final DriftSampler sampler = new DriftSampler(5, 500);

  @Test
  void checksNothingWithoutADifference() {
    // Given
    AccountResources resources = converged(numbers(ALL));
    // When
    DriftSampler.DriftSample plan = sampler.plan(resources, listing(numbers(ALL)));
    // Then
    assertThat(plan.fullChecks()).isEmpty();
    assertThat(plan.doubted()).isFalse();
  }

  @Test
  void checksAFewMissingInstances() {
    // Given
    AccountResources resources = converged(numbers(ALL));
    // When
    DriftSampler.DriftSample plan = sampler.plan(resources, listing(numbers(ALL - 5)));
    // Then
    assertThat(plan.fullChecks()).hasSize(5);
    assertThat(plan.absent()).as("a loss of few is no fault").isEmpty();
  }

  /** The full check has answered; a service that stays wrong must not cost one for each listing. */
  @Test
  void checksTheSameDifferenceOnce() {
    // Given
    AccountResources resources = converged(numbers(ALL));
    sampler.plan(resources, listing(numbers(ALL - 5)));
    // When
    DriftSampler.DriftSample again = sampler.plan(resources, listing(numbers(ALL - 5)));
    // Then
    assertThat(again.fullChecks()).isEmpty();
  }

  /** A difference that returns after its repair is another drift. */
  @Test
  void checksADifferenceThatReappears() {
    // Given
    AccountResources resources = converged(numbers(ALL));
    sampler.plan(resources, listing(numbers(ALL - 5)));
    sampler.plan(resources, listing(numbers(ALL)));
    // When
    DriftSampler.DriftSample again = sampler.plan(resources, listing(numbers(ALL - 5)));
    // Then
    assertThat(again.fullChecks()).hasSize(5);
  }

  /** An empty listing of 1,000 is three full checks, and three others for the next listing. */
  @Test
  void samplesAnEmptyListing() {
    // Given
    AccountResources resources = converged(numbers(ALL));
    Set<ExpectedInstance> looked = new HashSet<>();
    // When
    for (int listed = 0; listed < 10; listed++) {
      DriftSampler.DriftSample plan = sampler.plan(resources, listing(Set.of()));
      assertThat(plan.doubted()).isTrue();
      assertThat(plan.absent()).hasSize(ALL).contains(1L);
      looked.addAll(plan.fullChecks().keySet());
    }
    // Then
    assertThat(looked).hasSize(30);
  }

  /** When the few are really gone, the others are checked too. */
  @Test
  void checksTheOthersAfterAConfirmedSample() {
    // Given
    Set<String> sample = uids(sampler.plan(converged(numbers(ALL)), listing(Set.of())));
    AccountResources lost = without(sample, sample, Set.of());
    // When
    DriftSampler.DriftSample plan = sampler.plan(lost, listing(Set.of()));
    // Then
    assertThat(plan.doubted()).isFalse();
    assertThat(plan.fullChecks()).as("no more than a listing may bring").hasSize(500);
  }

  /** A service that fails answers nothing, so that its listing is not proven by it. */
  @Test
  void aFailedSampleConfirmsNothing() {
    // Given
    Set<String> sample = uids(sampler.plan(converged(numbers(ALL)), listing(Set.of())));
    AccountResources failing = without(sample, Set.of(), sample);
    // When
    DriftSampler.DriftSample plan = sampler.plan(failing, listing(Set.of()));
    // Then
    assertThat(plan.doubted()).isTrue();
    assertThat(plan.fullChecks()).isEmpty();
  }

  /** The samples were deleted meanwhile, which says nothing about the listing. */
  @Test
  void aDeletedSampleConfirmsNothing() {
    // Given
    Set<String> sample = uids(sampler.plan(converged(numbers(ALL)), listing(Set.of())));
    // When
    DriftSampler.DriftSample plan =
        sampler.plan(without(sample, Set.of(), Set.of()), listing(Set.of()));
    // Then
    assertThat(plan.doubted()).isTrue();
    assertThat(plan.fullChecks()).hasSize(3);
  }

  private static AccountResources converged(Collection<Integer> numbers) {
    return new AccountResources(
        numbers.stream().map(DriftSamples::resource).toList(), Set.of(), Set.of());
  }

  private static AccountResources without(Set<String> gone, Set<String> lost, Set<String> others) {
    return new AccountResources(
        numbers(ALL).stream()
            .map(DriftSamples::resource)
            .filter(resource -> !gone.contains(resource.uid()))
            .toList(),
        lost,
        others);
  }

  private static AccountInstances listing(Collection<Integer> numbers) {
    List<ListedInstance> items = numbers.stream().map(DriftSamples::item).toList();
    return DriftSamples.listing(items);
  }

  private static Set<Integer> numbers(int count) {
    return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toSet());
  }

  private static Set<String> uids(DriftSampler.DriftSample plan) {
    return plan.fullChecks().keySet().stream()
        .map(ExpectedInstance::uid)
        .collect(Collectors.toSet());
  }
}
