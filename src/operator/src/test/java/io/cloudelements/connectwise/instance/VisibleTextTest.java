package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote, on a terminal or in a log. */
class VisibleTextTest {
  /** A tag character, which no terminal shows; beyond 16 bits. */
  private static final String TAG_A = Character.toString(0xE0041);

  @ParameterizedTest(name = "U+{0}")
  @CsvSource({
    "0000, NUL",
    "001b, escape: it moves the cursor and sets colours",
    "007f, delete",
    "009b, C1 control sequence introducer",
    "00ad, soft hyphen",
    "200b, zero-width space",
    "202e, right-to-left override",
    "2028, line separator",
    "2029, paragraph separator",
    "feff, byte-order mark",
    "d800, half of a surrogate pair",
  })
  void escapesWhatWouldShowSomethingElse(String hex, String what) {
    // Given
    String text = "a" + (char) Integer.parseInt(hex, 16) + "b";
    // When
    String line = VisibleText.line(text);
    // Then
    assertThat(line).as(what).isEqualTo("a\\u" + hex + "b");
    assertThat(VisibleText.lines(text)).isEqualTo(line);
    assertThat(VisibleText.json(text)).isEqualTo(line);
  }

  @Test
  void leavesWhatIsVisible() {
    // Given
    String text = "Acmé \"GmbH\" 株式会社 😀 \\u001b";
    // When
    String line = VisibleText.line(text);
    // Then
    assertThat(line).isEqualTo(text);
    assertThat(VisibleText.lines(text)).isEqualTo(text);
    assertThat(VisibleText.json(text)).isEqualTo(text);
  }

  /** Text around what is hidden stays too. */
  @Test
  void leavesWhatIsVisibleAroundWhatIsNot() {
    // When
    String line = VisibleText.line("😀\u001b[31m株");
    // Then
    assertThat(line).isEqualTo("😀\\u001b[31m株");
  }

  /** A name with a line break would look like a second row of a table. */
  @Test
  void onlyALineEscapesBreaksAndTabs() {
    // Given
    String text = "a\n\tb";
    // When
    String line = VisibleText.line(text);
    // Then
    assertThat(line).isEqualTo("a\\u000a\\u0009b");
    assertThat(VisibleText.lines(text)).isEqualTo(text);
    assertThat(VisibleText.json(text)).isEqualTo(text);
  }

  @Test
  void aCarriageReturnOverwritesALineAndIsEscaped() {
    // When
    String lines = VisibleText.lines("good\n\rbad");
    // Then
    assertThat(lines).isEqualTo("good\n\\u000dbad");
  }

  /** JSON knows no escape of more than 16 bits; YAML and people do. */
  @Test
  void onlyJsonHasCharactersBeyondSixteenBitsAsPairs() {
    // When
    String json = VisibleText.json("a" + TAG_A + "b");
    // Then
    assertThat(json).isEqualTo("a\\udb40\\udc41b");
    assertThat(VisibleText.line("a" + TAG_A + "b")).isEqualTo("a\\U000e0041b");
    assertThat(VisibleText.lines("a" + TAG_A + "b")).isEqualTo("a\\U000e0041b");
  }
}
