package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of the API: what a user writes, or a status keeps, and what it means. */
class KeysTest {

  static Stream<Arguments> words() {
    return Stream.of(
            all(Hub.values(), Hub::key, Hub::ofKey),
            all(Element.values(), Element::key, Element::ofKey),
            all(ManagementPolicy.values(), ManagementPolicy::key, ManagementPolicy::ofKey),
            all(DeletionPolicy.values(), DeletionPolicy::key, DeletionPolicy::ofKey),
            all(State.values(), State::key, State::ofKey))
        .flatMap(words -> words);
  }

  @ParameterizedTest
  @MethodSource("words")
  void parsesAWordInItsExactCaseOnly(
      Object meaning, String word, Function<String, Optional<?>> reader) {
    // Given
    String upper = word.toUpperCase(Locale.ROOT);
    // When
    Optional<?> read = reader.apply(word);
    // Then
    assertThat(read).isEqualTo(Optional.of(meaning));
    assertThat(word).isNotBlank();
    assertThat(reader.apply(upper)).as("words are told apart by case").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HELPDESK, CONNECTWISE_HD", "CRM, CONNECTWISE_CRM"})
  void aHubHasOneDefaultElement(Hub hub, Element usual) {
    // Given
    Hub asked = hub;
    // When
    Element element = Element.defaultOf(asked);
    // Then
    assertThat(element).isEqualTo(usual);
    assertThat(element.hub()).isEqualTo(hub);
  }

  private static <T> Stream<Arguments> all(
      T[] meanings, Function<T, String> key, Function<String, Optional<T>> reader) {
    return Arrays.stream(meanings)
        .map(meaning -> Arguments.of(meaning, key.apply(meaning), reader));
  }
}
