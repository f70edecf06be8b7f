package io.cloudelements.connectwise.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestFoldersTest {
  /** A program that a test starts belongs to the test kit, where a reader looks for programs. */
  @Test
  void testFoldersContainNoPrograms() {
    // Given
    List<SourceFile> tests = SourceFile.all().stream().filter(SourceFile::isInTestFolder).toList();
    assertThat(tests).isNotEmpty();
    // When
    List<Path> programs =
        tests.stream().filter(SourceFile::isProgram).map(SourceFile::path).toList();
    // Then
    assertThat(programs).isEmpty();
  }
}
