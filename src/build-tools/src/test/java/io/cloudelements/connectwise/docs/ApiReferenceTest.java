package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ApiReferenceTest {
  /** A reference that lags behind the definition sends people after fields that do not exist. */
  @Test
  void the_reference_is_that_of_the_definition() throws IOException {
    // Given
    String committed = Files.readString(ApiReference.FILE);
    // When
    String current = ApiReference.render();
    // Then
    assertThat(committed)
        .as("%s is out of date. Write it anew: %s", ApiReference.FILE, DocsGenerator.COMMAND)
        .isEqualTo(current);
  }
}
