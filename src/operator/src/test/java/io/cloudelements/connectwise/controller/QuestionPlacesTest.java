package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.controller.QuestionPlaces.Asker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which account gets a place when there are more questions than places. */
class QuestionPlacesTest {
  private static final Asker HOSTILE = hostile(0);
  private static final Asker NEIGHBOUR = new Asker("quiet", "neighbour");

  private final QuestionPlaces<Integer> places = new QuestionPlaces<>(3, 8);

  @Test
  void anAccountHasNoMoreThanItsShare() {
    // When
    List<Boolean> taken = IntStream.range(0, 100).mapToObj(i -> takes(HOSTILE, i)).toList();
    // Then
    assertThat(taken).filteredOn(place -> place).hasSize(3);
    assertThat(places.take(NEIGHBOUR, 100)).contains(Set.of());
  }

  /** It gave one back for each answer, and nothing for what was refused. */
  @Test
  void aPlaceThatIsGivenBackIsTakenAgainOnce() {
    // Given
    IntStream.range(0, 5).forEach(i -> takes(HOSTILE, i));
    // When
    places.release(0);
    places.release(4);
    // Then
    assertThat(takes(HOSTILE, 5)).isTrue();
    assertThat(takes(HOSTILE, 6)).isFalse();
  }

  /** A tenant can have as many accounts as it likes; the last to ask finds a place all the same. */
  @Test
  void manyHostileAccountsTakeNoPlaceFromOneThatAsksLater() {
    // Given
    allAreTakenByHostileAccounts();
    // When
    Optional<Set<Integer>> dropped = places.take(NEIGHBOUR, 100);
    // Then
    assertThat(dropped).as("the oldest of the namespace that has the most").contains(Set.of(0));
  }

  /** However many accounts it asks with anew, each of them for the first time. */
  @Test
  void manyHostileAccountsTakeNoPlaceFromOneThatHasAskedBefore() {
    // Given
    takes(NEIGHBOUR, 100);
    // When
    List<Integer> dropped =
        IntStream.range(0, 100)
            .mapToObj(i -> places.take(hostile(i), i))
            .flatMap(taken -> taken.stream().flatMap(Set::stream))
            .toList();
    // Then
    assertThat(dropped).doesNotContain(100);
  }

  /** The release of a dropped question would free a place that another has by now. */
  @Test
  void aDroppedQuestionReleasesNoPlace() {
    // Given
    allAreTakenByHostileAccounts();
    takes(NEIGHBOUR, 100);
    // When
    places.release(0);
    // Then
    assertThat(places.take(NEIGHBOUR, 101))
        .as("all are taken: the release freed none")
        .contains(Set.of(1));
  }

  /** Otherwise two that ask without end would drop each other's questions for ever. */
  @Test
  void namespacesWithAsManyPlacesDropOnlyTheirOwn() {
    // Given
    allAreTakenByHostileAccounts();
    IntStream.range(1000, 1100).forEach(i -> takes(quiet(i), i));
    // When
    List<Integer> dropped =
        IntStream.range(1100, 1200)
            .mapToObj(i -> places.take(quiet(i), i))
            .flatMap(taken -> taken.stream().flatMap(Set::stream))
            .toList();
    // Then
    assertThat(dropped).allMatch(question -> question >= 1000);
    assertThat(places.take(hostile(9), 300))
        .hasValueSatisfying(other -> assertThat(other).allMatch(question -> question < 1000));
  }

  private static Asker quiet(int account) {
    return new Asker("quiet", "account-" + account % 4);
  }

  /** Where one account is shared, its places are as well. */
  @Test
  void aNamespaceGetsAPlaceOfASharedAccount() {
    // Given
    IntStream.range(0, 3).forEach(i -> takes(HOSTILE, i));
    Asker shares = new Asker("quiet", HOSTILE.account());
    // When
    Optional<Set<Integer>> dropped = places.take(shares, 100);
    // Then
    assertThat(dropped).contains(Set.of(0));
    assertThat(takes(HOSTILE, 4)).isFalse();
  }

  /** A namespace's places are shared equally among its accounts. */
  @Test
  void anAccountGetsAPlaceOfAFullerOneOfItsNamespace() {
    // Given
    allAreTakenByHostileAccounts();
    // When
    Optional<Set<Integer>> dropped = places.take(hostile(9), 100);
    // Then
    assertThat(dropped).contains(Set.of(0));
    assertThat(takes(hostile(1), 101)).isFalse();
  }

  /** Three of each of two accounts, and two of a third. */
  private void allAreTakenByHostileAccounts() {
    IntStream.range(0, 8).forEach(i -> takes(hostile(i / 3), i));
  }

  private static Asker hostile(int account) {
    return new Asker("loud", "account-" + account);
  }

  private boolean takes(Asker asker, int question) {
    return places.take(asker, question).isPresent();
  }
}
