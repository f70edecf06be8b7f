package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.crd.GeneratedFile;
import org.junit.jupiter.api.Test;

class AuditKeysTableTest {
  /** Collectors are set up by this table. */
  @Test
  void committedTableEqualsTheGeneratedOne() {
    // Given
    GeneratedFile file = new GeneratedFile(AuditKeysTable.FILE, DocsGenerator.COMMAND);
    // When
    String current = AuditKeysTable.insertInto(file.committed());
    // Then
    file.assertIs(current);
  }
}
