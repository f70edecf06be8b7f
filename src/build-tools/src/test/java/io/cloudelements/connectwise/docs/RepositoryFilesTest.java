package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Everything in the repository can be read and reviewed. */
class RepositoryFilesTest {
  /** What the build and the tools of developers leave here; see .gitignore. */
  private static final Set<String> NOT_IN_THE_REPOSITORY =
      Set.of("target", ".git", ".idea", ".vscode", ".settings");

  @Test
  void no_file_is_binary() throws IOException {
    // Given
    List<Path> files = files();
    // When
    List<Path> binary = files.stream().filter(RepositoryFilesTest::isBinary).toList();
    // Then
    assertThat(files).contains(Path.of("pom.xml"), Path.of(".github", "workflows", "verify.yml"));
    assertThat(binary).isEmpty();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        Path.of(""),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_IN_THE_REPOSITORY.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** As Git tells: a text has no zero byte. */
  private static boolean isBinary(Path file) {
    try {
      for (byte each : Files.readAllBytes(file)) {
        if (each == 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
