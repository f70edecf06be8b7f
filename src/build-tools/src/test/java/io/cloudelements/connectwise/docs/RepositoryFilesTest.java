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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything in the repository can be read and reviewed. */
class RepositoryFilesTest {
  /** What the build and the tools of developers leave here; see .gitignore. */
  private static final Set<String> NOT_IN_THE_REPOSITORY =
      Set.of("target", ".git", ".idea", ".vscode", ".settings");

  /** Without word boundaries, so that names of methods and tests count too. */
  private static final Pattern UNNAMED_ACTOR =
      Pattern.compile("[Ss]ome(body|one)|([Aa]ny|[Nn]o)body|[Ww]hom?ever");

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

  /** A sentence must say which user, program or resource acts. */
  @Test
  void texts_name_the_actor() throws IOException {
    // Given
    List<Path> files = files();
    // When
    List<String> found = files.stream().flatMap(RepositoryFilesTest::unnamedActors).toList();
    // Then
    assertThat(found).isEmpty();
  }

  private static Stream<String> unnamedActors(Path file) {
    try {
      return UNNAMED_ACTOR
          .matcher(Files.readString(file))
          .results()
          .map(word -> word.group() + " in " + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
