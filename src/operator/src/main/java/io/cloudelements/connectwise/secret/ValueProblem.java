package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Configuration;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * What in a value of a Secret its author cannot have meant. A problem names the character and its
 * position, counted in characters from 1, and never the value.
 */
final class ValueProblem {
  /** Letters and symbols that are drawn as nothing, or as a blank. */
  private static final String BLANK_LETTERS = "\u034F\u115F\u1160\u2800\u3164\uFFA0";

  /** The whole header, or a part of it (contract §1). */
  private static final Pattern PASTED_HEADER =
      Pattern.compile("(?i)(authorization\\s*:\\s*)?(user|organization|element)\\s+\\S.*");

  private ValueProblem() {}

  static Optional<String> ofEntry(String value) {
    return ofInvisible(value).or(() -> ofMask(value));
  }

  /**
   * What a header cannot carry, besides. The secrets are base64 or hexadecimal (contract §1), so
   * that a comma or a space in one is the header's own.
   */
  static Optional<String> ofAccountSecret(String value) {
    if (PASTED_HEADER.matcher(value.strip()).matches()) {
      return Optional.of(
          "is a part of an Authorization header, from the word at position 1 on; write only what follows"
              + " User or Organization, up to the comma");
    }
    return ofEntry(value)
        .or(() ->
            first(value, c -> c <= ' ' || c > '~' || c == ',')
                .map(where ->
                    "has " + where + ", which no secret of an account has; copy it again"));
  }

  private static Optional<String> ofInvisible(String value) {
    return first(value, Character::isISOControl)
        .map(where ->
            "has a line break or control character, "
                + where
                + "; write it without (echo -n, or stringData)")
        .or(() ->
            first(value, ValueProblem::isInvisible)
                .map(where ->
                    "has an invisible character, " + where + "; write it without, or type it anew"))
        .or(() -> ofOuterSpace(value));
  }

  private static Optional<String> ofOuterSpace(String value) {
    if (value.startsWith(" ")) {
      return Optional.of("begins with a space, at position 1; write it without");
    }
    return value.endsWith(" ")
        ? Optional.of("ends with a space, at position " + length(value) + "; write it without")
        : Optional.empty();
  }

  /** Sent, it would take the secret's place at the service (contract §4). */
  private static Optional<String> ofMask(String value) {
    return value.equals(Configuration.MASK)
        ? Optional.of(
            "is "
                + Configuration.MASK
                + ", which the service shows in a secret's place; write the secret")
        : Optional.empty();
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.SPACE_SEPARATOR -> character != ' ';
      default -> BLANK_LETTERS.indexOf(character) >= 0;
    };
  }

  private static Optional<String> first(String value, IntPredicate wrong) {
    return value
        .codePoints()
        .filter(wrong)
        .mapToObj(character ->
            "U+%04X %s at position %d"
                .formatted(
                    character,
                    Optional.ofNullable(Character.getName(character)).orElse("UNASSIGNED"),
                    length(value.substring(0, value.indexOf(character))) + 1))
        .findFirst();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
