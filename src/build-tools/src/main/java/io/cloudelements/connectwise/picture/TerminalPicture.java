package io.cloudelements.connectwise.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a terminal shows, as SVG: lines of text without escape sequences. Lines that begin with
 * {@code $} are commands.
 */
public record TerminalPicture(List<String> lines) {
  /** A longer line goes on in the next one, as in a terminal of this width. */
  private static final int COLUMNS = 100;

  private static final double CHARACTER = (Card.WIDTH - 2.0 * Card.MARGIN) / COLUMNS;
  private static final double LINE = 17;

  /** Of the usual fonts whose characters are equally wide. */
  private static final double CHARACTER_PER_FONT_SIZE = 0.602;

  /** The time at the beginning of a line is less important than what follows. */
  private static final Pattern TIME = Pattern.compile("^( *\\d+\\.\\d s )(.*)$");

  public String svg() {
    List<Row> shown = lines.stream().flatMap(line -> Row.of(line).stream()).toList();
    double height = shown.size() * LINE + 2 * Card.MARGIN;
    StringBuilder texts = new StringBuilder();
    for (int i = 0; i < shown.size(); i++) {
      texts.append(shown.get(i).text(Card.MARGIN + i * LINE + 12));
    }
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$.0f" viewBox="0 0 %1$d %2$.0f">
        <style>text { font: %3$.1fpx ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre } .command { font-weight: bold; fill: #0969da } .time { fill: #59636e }</style>
        <rect width="%1$d" height="%2$.0f" rx="6" fill="white"/>
        %4$s</svg>
        """,
        Card.WIDTH,
        height,
        CHARACTER / CHARACTER_PER_FONT_SIZE,
        texts);
  }

  private static String styled(String words) {
    Matcher time = TIME.matcher(words);
    return time.matches()
        ? "<tspan class=\"time\">" + escaped(time.group(1)) + "</tspan>" + escaped(time.group(2))
        : escaped(words);
  }

  private static String escaped(String text) {
    return text.chars()
        .mapToObj(character ->
            switch (character) {
              case '&' -> "&amp;";
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              default -> Character.toString(character);
            })
        .collect(Collectors.joining());
  }

  /**
   * One line of the screen.
   *
   * @param command whether it is a command, or goes on with one
   */
  private record Row(String line, boolean command) {
    static List<Row> of(String line) {
      List<Row> rows = new ArrayList<>();
      for (int from = 0; from == 0 || from < line.length(); from += COLUMNS) {
        String part = line.substring(from, Math.min(line.length(), from + COLUMNS));
        rows.add(new Row(part, line.startsWith("$ ")));
      }
      return rows;
    }

    /** Its length is given, so that columns stand below each other in every font. */
    String text(double baseline) {
      String words = line.strip();
      if (words.isEmpty()) {
        return "";
      }
      return String.format(
          Locale.ROOT,
          "<text x=\"%.1f\" y=\"%.0f\" textLength=\"%.1f\" xml:space=\"preserve\"%s>%s</text>\n",
          Card.MARGIN + line.indexOf(words) * CHARACTER,
          baseline,
          words.length() * CHARACTER,
          command ? " class=\"command\"" : "",
          styled(words));
    }
  }
}
