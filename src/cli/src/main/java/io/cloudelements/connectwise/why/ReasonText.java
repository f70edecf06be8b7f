package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.instance.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person should know of a reason; the condition's message says it of the resource at hand.
 *
 * @param meaning what is the case
 * @param next what the operator does by itself
 * @param remedy what is left for a person
 * @param link the link of the chain that it breaks
 * @param command what mends it, or shows what has to be mended; words in capitals stand for what
 *     the resource at hand has ({@link CommandWords})
 */
public record ReasonText(
    String meaning, String next, String remedy, ChainPart link, String command) {
  private static final String FILE = "reasons.properties";

  /** Read with this class, which the running operator never loads. */
  private static final Map<String, String> TEXTS = read();

  /**
   * The texts of one reason.
   *
   * @throws IllegalStateException when they are not all there: the jar is incomplete
   */
  public static ReasonText of(Reason reason) {
    String link = text(reason, "link");
    return new ReasonText(
        text(reason, "meaning"),
        text(reason, "next"),
        text(reason, "remedy"),
        ChainPart.ofKey(link)
            .orElseThrow(() -> new IllegalStateException(FILE + ": no link is called " + link)),
        text(reason, "command"));
  }

  /** The keys of all texts. */
  static Set<String> keys() {
    return TEXTS.keySet();
  }

  private static String text(Reason reason, String which) {
    String key = reason.name() + "." + which;
    return Optional.ofNullable(TEXTS.get(key))
        .orElseThrow(() -> new IllegalStateException(FILE + " lacks " + key));
  }

  private static Map<String, String> read() {
    Properties texts = new Properties();
    try (InputStream file = ReasonText.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing: the jar is incomplete");
      }
      texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
    return texts.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(key -> key, texts::getProperty));
  }
}
