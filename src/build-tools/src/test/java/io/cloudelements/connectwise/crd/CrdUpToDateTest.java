package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.CrdFile;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed CRDs are those that the code generates. */
class CrdUpToDateTest {

  /** A field added to the records alone would be dropped by the API server without a word. */
  @ParameterizedTest
  @EnumSource
  void committedDefinitionEqualsTheGeneratedOne(CrdFile definition) {
    // Given
    GeneratedFile file = new GeneratedFile(definition.path(), CrdGenerator.COMMAND);
    // When
    String generated = CrdGenerator.yaml(definition);
    // Then
    file.assertIs(generated);
  }

  /** {@code kubectl explain} is the documentation that is always at hand. */
  @ParameterizedTest
  @EnumSource
  void everyFieldIsDescribed(CrdFile file) {
    // Given
    CustomResourceDefinition definition =
        Serialization.unmarshal(CrdGenerator.yaml(file), CustomResourceDefinition.class);
    // When
    List<String> silent =
        undescribed(
            "", definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema());
    // Then
    assertThat(silent).isEmpty();
  }

  private static List<String> undescribed(String path, JSONSchemaProps schema) {
    List<String> found = new ArrayList<>();
    if (schema.getDescription() == null) {
      found.add(path);
    }
    schema
        .getProperties()
        .forEach((name, field) -> found.addAll(undescribed(path + "." + name, field)));
    if (schema.getItems() != null && schema.getItems().getSchema().getType().equals("object")) {
      found.addAll(undescribed(path + "[]", schema.getItems().getSchema()));
    }
    return found;
  }

  /** A default would show in a GitOps diff, as a field that the manifest lacks. */
  @ParameterizedTest
  @EnumSource
  void schemaHasNoDefaults(CrdFile file) {
    // Given // When
    String generated = CrdGenerator.yaml(file);
    // Then
    assertThat(generated.lines().map(String::strip)).noneMatch(line -> line.startsWith("default:"));
  }
}
