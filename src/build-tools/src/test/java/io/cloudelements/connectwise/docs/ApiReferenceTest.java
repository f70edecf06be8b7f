package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.crd.GeneratedFile;
import org.junit.jupiter.api.Test;

class ApiReferenceTest {
  /** A reference that lags behind the definition sends people after fields that do not exist. */
  @Test
  void committedReferenceEqualsTheGeneratedOne() {
    // Given
    GeneratedFile file = new GeneratedFile(ApiReference.FILE, DocsGenerator.COMMAND);
    // When
    String current = ApiReference.render();
    // Then
    file.assertIs(current);
  }
}
