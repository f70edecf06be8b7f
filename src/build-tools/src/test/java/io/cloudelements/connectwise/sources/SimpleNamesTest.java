package io.cloudelements.connectwise.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimpleNamesTest {
  /** Two types of one name are told apart only by their imports, which nobody reads. */
  @Test
  void typeNamesAreUnique() {
    // Given
    List<SourceFile> sources = SourceFile.all();
    assertThat(sources).isNotEmpty();
    // When
    Map<String, List<Path>> places =
        sources.stream()
            .flatMap(file -> file.types().stream().map(name -> Map.entry(name, file.path())))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    // Then
    places.values().removeIf(files -> files.size() == 1);
    assertThat(places).isEmpty();
  }
}
