package io.cloudelements.connectwise.crd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file under {@code src/testkit/src/main/resources/crd}: manifests that are applied one after the
 * other. The comments on top say why and, as {@code # expect: …}, with which message the last one
 * is refused.
 *
 * @param path where it is
 * @param expectedRefusal empty for a file whose manifests are all accepted
 * @param manifests at least one
 */
public record GoldenFile(Path path, String expectedRefusal, List<String> manifests) {
  private static final Path FOLDER = Path.of("src", "testkit", "src", "main", "resources", "crd");
  private static final String EXPECT = "# expect: ";

  /** Those that are accepted. */
  public static List<GoldenFile> valid() {
    return named("valid-");
  }

  /** Those whose last manifest is refused. */
  public static List<GoldenFile> invalid() {
    return named("invalid-");
  }

  /** All files whose name begins so, by name. */
  private static List<GoldenFile> named(String prefix) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .map(GoldenFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenFile read(Path file) {
    try {
      String text = Files.readString(file);
      String refusal =
          text.lines()
              .filter(line -> line.startsWith(EXPECT))
              .map(line -> line.substring(EXPECT.length()))
              .findFirst()
              .orElse("");
      return new GoldenFile(file, refusal, List.of(text.split("\n---\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> allButLast() {
    return manifests.subList(0, manifests.size() - 1);
  }

  public String last() {
    return manifests.getLast();
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
