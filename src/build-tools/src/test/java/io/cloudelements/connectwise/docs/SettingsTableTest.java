package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cloudelements.connectwise.crd.GeneratedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTableTest {
  /** The table says the same as the code. */
  @Test
  void committedTableEqualsTheGeneratedOne() {
    // Given
    GeneratedFile file = new GeneratedFile(SettingsTable.FILE, DocsGenerator.COMMAND);

    // When
    String current = SettingsTable.insertInto(file.committed());

    // Then
    file.assertIs(current);
  }

  /** The generator must not delete text of a document whose markers were moved. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "no markers",
        "<!-- settings:begin -->",
        "<!-- settings:end --> <!-- settings:begin -->",
        "<!-- settings:begin --><!-- settings:begin --><!-- settings:end -->"
      })
  void refusesADocumentWithoutMarkers(String document) {
    assertThatIllegalArgumentException().isThrownBy(() -> SettingsTable.insertInto(document));
  }
}
