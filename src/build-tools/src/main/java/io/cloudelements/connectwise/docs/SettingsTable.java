package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.config.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the table of settings into its page, between its two markers. */
final class SettingsTable {
  static final Path FILE = Path.of("docs", "settings.md");

  private static final GeneratedSection SECTION = new GeneratedSection("settings");

  private SettingsTable() {}

  /**
   * The document with the current table between the markers.
   *
   * @throws IllegalArgumentException when it has not both markers, each once and in order
   */
  static String insertInto(String document) {
    return SECTION.insertInto(document, render());
  }

  private static String render() {
    return Arrays.stream(Setting.values())
        .map(SettingsTable::row)
        .collect(
            Collectors.joining(
                "", "| variable | default | value | meaning |\n|---|---|---|---|\n", ""));
  }

  private static String row(Setting setting) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(setting, defaultCell(setting), setting.form(), setting.meaning());
  }

  private static String defaultCell(Setting setting) {
    // a list of values in one code span could not be broken into lines
    return setting.defaultValue().isPresent()
        ? setting.defaultText().replace(",", "`, `")
        : setting.defaultText();
  }
}
