package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The records hold everything that the API server holds. */
class RecordsRoundTripTest {
  private static final Path FOLDER = Path.of("src", "testkit", "src", "main", "resources", "crd");

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of(FOLDER.resolve("object.yaml"), ConnectWiseInstance.class),
        Arguments.of(FOLDER.resolve("account.yaml"), CloudElementsAccount.class));
  }

  /** A field lost between reading and writing is a field deleted on the server. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("samples")
  void keepsEveryField(Path sample, Class<? extends CustomResource<?, ?>> kind) throws IOException {
    // Given
    String yaml = Files.readString(sample);
    JsonNode stored = Serialization.unmarshal(yaml, JsonNode.class);
    // When
    CustomResource<?, ?> read = Serialization.unmarshal(yaml, kind);
    // Then
    JsonNode written = tree(read);
    assertThat(written.get("spec")).isEqualTo(stored.get("spec"));
    assertThat(written.get("status")).isEqualTo(stored.get("status"));
    assertThat(read.getMetadata().getName())
        .isNotEmpty()
        .isEqualTo(stored.at("/metadata/name").asText());
  }

  /** The test above says nothing about a field that its object does not have. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("samples")
  void sampleObjectHasEveryField(Path sample, Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    // Given
    String yaml = Files.readString(sample);
    // When
    CustomResource<?, ?> read = Serialization.unmarshal(yaml, kind);
    // Then
    assertThat(read.getSpec()).hasNoNullFieldsOrProperties();
    assertThat(read.getStatus()).hasNoNullFieldsOrProperties();
  }

  /** An absent field and a false one are not the same. */
  @Test
  void keepsUnsetFieldsUnset() {
    // Given
    String yaml =
        """
        spec: {hub: crm, credentialsSecretRef: {name: acme}}
        status: {valid: false}
        """;
    // When
    ConnectWiseInstance read = Serialization.unmarshal(yaml, ConnectWiseInstance.class);
    // Then
    JsonNode written = tree(read);
    assertThat(written.get("spec").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("hub", "credentialsSecretRef");
    assertThat(written.get("status").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("valid", "conditions");
  }

  /** An informer that fails on one object from another version stops for all of them. */
  @Test
  void readsAnObjectOfAnotherVersion() {
    // Given
    String yaml =
        """
        spec:
          hub: marketing
          managementPolicy: Pause
          later: {field: 1}
          credentialsSecretRef: {name: acme, namespace: other}
        status: {state: Hibernating, phase: 2}
        """;
    // When
    ConnectWiseInstance read = Serialization.unmarshal(yaml, ConnectWiseInstance.class);
    // Then
    assertThat(read.getSpec().hub()).isEqualTo("marketing");
    assertThat(read.getSpec().managementPolicy()).isEqualTo("Pause");
    assertThat(read.getStatus().state()).isEqualTo("Hibernating");
  }

  private static JsonNode tree(HasMetadata resource) {
    return Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class);
  }
}
