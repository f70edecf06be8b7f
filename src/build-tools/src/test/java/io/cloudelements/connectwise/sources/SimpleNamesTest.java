package io.cloudelements.connectwise.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.sources.SourceFile.Nested;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two types of one name are told apart only by their imports, which are easily overlooked. */
class SimpleNamesTest {
  private static final List<SourceFile> SOURCES = SourceFile.all();

  @Test
  void namesOfTopLevelTypesAreUnique() {
    // Given // When
    Map<String, List<Path>> places = places(SOURCES, file -> file.types().stream());
    // Then
    assertThat(places).isNotEmpty();
    assertThat(repeated(places)).isEmpty();
  }

  /** Within its file it would hide that type. */
  @Test
  void noNestedTypeIsNamedLikeATopLevelType() {
    // Given
    Set<String> topLevel = places(mainSources(), file -> file.types().stream()).keySet();
    // When
    Map<String, List<Path>> nested =
        places(mainSources(), file -> file.nested().stream().map(Nested::name));
    // Then
    nested.keySet().retainAll(topLevel);
    assertThat(nested).isEmpty();
  }

  /**
   * An alternative of a sealed type is read with that type, as {@code Action.Read} and {@code
   * InstanceCall.Read} are, and a private type in one file.
   */
  @Test
  void namesOfNestedTypesAreUnique() {
    // Given // When
    Map<String, List<Path>> places =
        places(
            mainSources(),
            file ->
                file.nested().stream()
                    .filter(type -> !type.isPrivate() && !type.isAlternative())
                    .map(Nested::name));
    // Then
    assertThat(places).isNotEmpty().doesNotContainKey("ReadById");
    assertThat(repeated(places)).isEmpty();
  }

  /** Each of these words meant several things; the name of the concept replaces it. */
  @Test
  void replacedWordsDoNotReturnInNamesOfTypes() {
    // Given
    Pattern replaced = Pattern.compile("(Finding|Look|News|Notice|Round|Verdict)s?(?![a-z])");
    // When
    Set<String> names =
        places(
                SOURCES.stream().filter(SourceFile::isShipped).toList(),
                file ->
                    Stream.concat(file.types().stream(), file.nested().stream().map(Nested::name)))
            .keySet();
    // Then
    assertThat(names).isNotEmpty().noneMatch(replaced.asPredicate());
  }

  private static List<SourceFile> mainSources() {
    return SOURCES.stream().filter(SourceFile::isMain).toList();
  }

  private static Map<String, List<Path>> places(
      List<SourceFile> sources, Function<SourceFile, Stream<String>> names) {
    return sources.stream()
        .flatMap(file -> names.apply(file).map(name -> Map.entry(name, file.path())))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static Map<String, List<Path>> repeated(Map<String, List<Path>> places) {
    places.values().removeIf(files -> files.size() == 1);
    return places;
  }
}
