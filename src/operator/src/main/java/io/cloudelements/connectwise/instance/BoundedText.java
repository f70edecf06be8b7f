package io.cloudelements.connectwise.instance;

/** Texts of others, for a field that holds only so much. */
public final class BoundedText {
  private BoundedText() {}

  /**
   * The text itself, or its beginning with an ellipsis. A surrogate pair is never cut in two: JSON
   * holds no half of one, and the API server would keep another text than was sent.
   *
   * @param most UTF-16 characters, the ellipsis included
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
