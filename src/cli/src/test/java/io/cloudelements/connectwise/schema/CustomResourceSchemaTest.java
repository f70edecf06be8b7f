package io.cloudelements.connectwise.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.crd.GoldenFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same manifests, and the same messages, as those of the real API server in {@code CrdIT}. */
class CustomResourceSchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final List<CustomResourceSchema> SCHEMAS =
      List.of(CustomResourceSchema.ofInstances(), CustomResourceSchema.ofAccounts());

  /** The check must accept every manifest that the server accepts. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.crd.GoldenFile#valid")
  void acceptsManifestsThatTheServerAccepts(GoldenFile file) throws IOException {
    // Given
    Optional<JsonNode> stored = stored(file);
    // When
    List<String> refusals = refusals(YAML.readTree(file.last()), stored);
    // Then
    assertThat(refusals).isEmpty();
  }

  /** A pipeline shows the same message as the API server. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.crd.GoldenFile#invalid")
  void refusesWithTheMessageOfTheServer(GoldenFile file) throws IOException {
    // Given
    Optional<JsonNode> stored = stored(file);
    // When
    List<String> refusals = refusals(YAML.readTree(file.last()), stored);
    // Then
    assertThat(refusals).containsExactly(file.expectedRefusal());
  }

  private static List<String> refusals(JsonNode manifest, Optional<JsonNode> stored) {
    return SCHEMAS.stream()
        .filter(schema -> schema.isAbout(manifest))
        .findFirst()
        .orElseThrow()
        .refusals(manifest, stored);
  }

  private static Optional<JsonNode> stored(GoldenFile file) throws IOException {
    return file.allButLast().isEmpty()
        ? Optional.empty()
        : Optional.of(YAML.readTree(file.allButLast().getLast()));
  }
}
