package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTableTest {
  /** A table that says something else than the code is worse than none. */
  @Test
  void the_page_has_the_settings_of_the_code() throws IOException {
    // Given
    String page = Files.readString(SettingsTable.FILE);

    // When
    String current = SettingsTable.insertInto(page);

    // Then
    assertThat(page)
        .as("the table is out of date. Write it anew: %s", DocsGenerator.COMMAND)
        .isEqualTo(current);
  }

  /** The generator must not eat a document whose markers somebody moved. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "no markers",
        "<!-- settings:begin -->",
        "<!-- settings:end --> <!-- settings:begin -->",
        "<!-- settings:begin --><!-- settings:begin --><!-- settings:end -->"
      })
  void refuses_a_document_without_its_markers(String document) {
    assertThatIllegalArgumentException().isThrownBy(() -> SettingsTable.insertInto(document));
  }
}
