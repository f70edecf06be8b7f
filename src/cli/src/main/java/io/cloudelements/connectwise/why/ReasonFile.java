package io.cloudelements.connectwise.why;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A file with texts about the constants of an enumeration.
 *
 * @param texts by constant and kind of text, such as {@code AVAILABLE.meaning}
 */
record ReasonFile(String name, Map<String, String> texts) {
  static ReasonFile read(String name) {
    Properties texts = new Properties();
    try (InputStream file = ReasonFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing: the jar is incomplete");
      }
      texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
    return new ReasonFile(
        name,
        texts.stringPropertyNames().stream()
            .collect(Collectors.toUnmodifiableMap(key -> key, texts::getProperty)));
  }

  ReasonText text(Enum<?> reason, LinkName link) {
    return new ReasonText(
        text(reason, "meaning"),
        text(reason, "next"),
        text(reason, "remedy"),
        link,
        text(reason, "command"));
  }

  /** The link that the file names. */
  LinkName link(Enum<?> reason) {
    String link = text(reason, "link");
    return LinkName.ofKey(link)
        .orElseThrow(() -> new IllegalStateException(name + ": no link is called " + link));
  }

  private String text(Enum<?> reason, String which) {
    String key = reason.name() + "." + which;
    return Optional.ofNullable(texts.get(key))
        .orElseThrow(() -> new IllegalStateException(name + " lacks " + key));
  }
}
