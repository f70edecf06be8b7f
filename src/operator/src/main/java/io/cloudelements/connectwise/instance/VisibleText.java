package io.cloudelements.connectwise.instance;

import java.util.function.IntPredicate;

/**
 * Text of others for a terminal or a log: what would move the cursor, hide text or turn its
 * direction is written as an escape ({@code \u001b}, {@code \U000e0041}). That covers the controls
 * C0 and C1, format characters such as bidirectional overrides and zero-width ones, line and
 * paragraph separators, and halves of a surrogate pair. Escapes of texts that are quoted in JSON or
 * YAML keep their value.
 */
public final class VisibleText {
  private VisibleText() {}

  /** One line: line breaks and tabs are written as escapes too. */
  public static String line(String text) {
    return escaped(text, VisibleText::isHidden, false);
  }

  /** Any number of lines, whose breaks and tabs stay. */
  public static String lines(String text) {
    return escaped(text, VisibleText::breaksOut, false);
  }

  /** A JSON document of the same value: characters beyond 16 bits are written as JSON has them. */
  public static String json(String document) {
    return escaped(document, VisibleText::breaksOut, true);
  }

  /** Whether a single line that has it could show something else than it holds. */
  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static boolean breaksOut(int codePoint) {
    return isHidden(codePoint) && codePoint != '\n' && codePoint != '\t';
  }

  private static String escaped(String text, IntPredicate hidden, boolean asPairs) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(codePoint -> {
          if (!hidden.test(codePoint)) {
            visible.appendCodePoint(codePoint);
          } else if (Character.isBmpCodePoint(codePoint)) {
            visible.append("\\u%04x".formatted(codePoint));
          } else if (asPairs) {
            for (char half : Character.toChars(codePoint)) {
              visible.append("\\u%04x".formatted((int) half));
            }
          } else {
            visible.append("\\U%08x".formatted(codePoint));
          }
        });
    return visible.toString();
  }
}
