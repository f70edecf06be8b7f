package io.cloudelements.connectwise.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document of this repository: its fenced blocks, links and the anchors of its headings. */
record Markdown(Path file, String text) {
  private static final Pattern FENCE =
      Pattern.compile("^```(\\S*) ?(.*)\\n([\\s\\S]*?)^```$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\[[^\\]\\[]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^(#+) +(.+)$", Pattern.MULTILINE);

  /**
   * A fenced block.
   *
   * @param language for the highlighting
   * @param mark what a test does with it
   */
  record Block(String language, String mark, String text) {}

  static Markdown of(Path file) {
    try {
      return new Markdown(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every document that a reader of the repository may open. */
  static List<Markdown> all() {
    List<Markdown> found = new ArrayList<>();
    for (String folder : List.of("docs", "charts", "deploy", ".github")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).map(Markdown::of).forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (String file :
        List.of(
            "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "CODE_OF_CONDUCT.md")) {
      found.add(of(Path.of(file)));
    }
    return found;
  }

  /**
   * What stands under a heading, down to the next one of its level or above.
   *
   * @throws IllegalArgumentException no heading says so
   */
  Markdown section(String heading) {
    // A line of a shell's comment looks like a heading.
    String headings = FENCE.matcher(text).replaceAll(fence -> " ".repeat(fence.group().length()));
    List<MatchResult> all = HEADING.matcher(headings).results().toList();
    MatchResult begin =
        all.stream()
            .filter(found -> found.group(2).equals(heading))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(file + " has no heading \"" + heading + "\""));
    int end =
        all.stream()
            .filter(found -> found.start() > begin.start())
            .filter(found -> found.group(1).length() <= begin.group(1).length())
            .mapToInt(MatchResult::start)
            .findFirst()
            .orElse(text.length());
    return new Markdown(file, text.substring(begin.end(), end));
  }

  List<Block> blocks() {
    return FENCE
        .matcher(text)
        .results()
        .map(match -> new Block(match.group(1), match.group(2), match.group(3)))
        .toList();
  }

  /** Targets of links outside of fenced blocks. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(match -> match.group(1)).toList();
  }

  /** As the usual hosts of repositories make them from headings. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map((MatchResult match) -> match.group(2))
        .map(heading ->
            heading
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private String prose() {
    return FENCE.matcher(text).replaceAll("");
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
