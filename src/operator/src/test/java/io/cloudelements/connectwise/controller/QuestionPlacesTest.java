package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may ask, when more is to be asked than there are places. */
class QuestionPlacesTest {
  private static final String HOSTILE = "hostile";
  private static final String NEIGHBOUR = "neighbour";

  private final QuestionPlaces<Integer> places = new QuestionPlaces<>(3, 8);

  @Test
  void anAccountHasNoMoreThanItsShare() {
    // When
    List<Boolean> taken = IntStream.range(0, 100).mapToObj(i -> takes(HOSTILE, i)).toList();
    // Then
    assertThat(taken).filteredOn(place -> place).hasSize(3);
    assertThat(places.take(NEIGHBOUR, 1)).contains(Set.of());
  }

  /** It gave one back for each answer, and nothing for what was refused. */
  @Test
  void aPlaceThatIsGivenBackIsTakenAgainOnce() {
    // Given
    IntStream.range(0, 5).forEach(i -> takes(HOSTILE, i));
    // When
    places.release(HOSTILE, 0);
    places.release(HOSTILE, 4);
    // Then
    assertThat(takes(HOSTILE, 5)).isTrue();
    assertThat(takes(HOSTILE, 6)).isFalse();
  }

  /** A tenant can have as many accounts as it likes; the last to ask finds a place all the same. */
  @Test
  void manyHostileAccountsTakeNoPlaceFromOneThatAsksLater() {
    // Given
    IntStream.range(0, 8).forEach(i -> takes(HOSTILE + i / 3, i));
    // When
    Optional<Set<Integer>> dropped = places.take(NEIGHBOUR, 100);
    // Then
    assertThat(dropped)
        .as("those of the account that has had places for longest")
        .contains(Set.of(0, 1, 2));
  }

  /** To use what was dropped would free places that others have by now. */
  @Test
  void whatWasDroppedHasNoPlaceToGiveBack() {
    // Given
    IntStream.range(0, 8).forEach(i -> takes(HOSTILE + i / 3, i));
    takes(NEIGHBOUR, 100);
    takes(HOSTILE + 0, 200);
    // When
    List.of(0, 1, 2).forEach(question -> places.release(HOSTILE + 0, question));
    // Then
    assertThat(takes(HOSTILE + 0, 201)).isTrue();
    assertThat(places.take("another", 300))
        .as("all are taken: what was given back were none")
        .contains(Set.of(3, 4, 5));
  }

  /** Without a break: an account whose questions were all answered in between is not the oldest. */
  @Test
  void anAccountThatWasAnsweredIsTheYoungest() {
    // Given
    IntStream.range(0, 8).forEach(i -> takes(HOSTILE + i / 3, i));
    List.of(0, 1, 2).forEach(question -> places.release(HOSTILE + 0, question));
    List.of(10, 11, 12).forEach(question -> takes(HOSTILE + 0, question));
    // When
    Optional<Set<Integer>> dropped = places.take(NEIGHBOUR, 100);
    // Then
    assertThat(dropped).contains(Set.of(3, 4, 5));
  }

  /** What asks now does not lose its own earlier questions. */
  @Test
  void theOldestAccountTakesTheNextOldestOnesPlaces() {
    // Given
    takes(NEIGHBOUR, 100);
    IntStream.range(0, 7).forEach(i -> takes(HOSTILE + i / 3, i));
    // When
    Optional<Set<Integer>> dropped = places.take(NEIGHBOUR, 101);
    // Then
    assertThat(dropped).contains(Set.of(0, 1, 2));
    assertThat(places.take("another", 300)).contains(Set.of());
  }

  private boolean takes(String account, int question) {
    return places.take(account, question).isPresent();
  }
}
