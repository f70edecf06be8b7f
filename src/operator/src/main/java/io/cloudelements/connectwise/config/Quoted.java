package io.cloudelements.connectwise.config;

/** How a setting's value is quoted in an error message. */
final class Quoted {
  private static final int LONGEST_QUOTE = 80;

  private Quoted() {}

  /**
   * The value in quotes, or only its length when it is long or holds an {@code @}: people do paste
   * a password into the wrong line, and a URL may name one.
   */
  static String of(String value) {
    boolean quotable =
        value.length() <= LONGEST_QUOTE
            && value.indexOf('@') < 0
            && value.chars().noneMatch(Character::isISOControl);
    return quotable ? "\"" + value + "\"" : "the value of " + value.length() + " characters";
  }
}
