package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedTextTest {
  /** A condition with half of a pair would be written again and again: it is never read back. */
  @ParameterizedTest
  @CsvSource({
    "abcd, abcd",
    "abcde, abc…",
    "ab😀, ab😀",
    "ab😀c, ab…",
    "a😀bc, a😀…",
  })
  void neverEndsInHalfOfAPair(String text, String bounded) {
    // When
    String shown = BoundedText.of(text, 4);
    // Then
    assertThat(shown).isEqualTo(bounded);
  }
}
