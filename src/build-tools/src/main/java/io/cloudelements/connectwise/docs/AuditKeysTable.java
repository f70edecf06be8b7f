package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.audit.AuditKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the table of the keys of an audit line into its page. */
final class AuditKeysTable {
  static final Path FILE = Path.of("docs", "metrics.md");

  private static final GeneratedSection SECTION = new GeneratedSection("audit-keys");

  private AuditKeysTable() {}

  /**
   * The document with the current table between its markers.
   *
   * @throws IllegalArgumentException when it has not both markers, each once and in order
   */
  static String insertInto(String document) {
    return SECTION.insertInto(
        document,
        Arrays.stream(AuditKey.values())
            .map(key -> "| `%s` | %s |\n".formatted(key.label(), key.meaning()))
            .collect(Collectors.joining("", "| key | value |\n|---|---|\n", "")));
  }
}
