package io.cloudelements.connectwise.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cel.runtime.CelEvaluationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the definition may say, as far as it can be checked here. */
class DefinitionTest {

  /** An unsupported rule must fail: without it a refused manifest would pass. */
  @Test
  void refusesAnUnsupportedKeyword() throws IOException {
    // Given
    JsonNode root =
        new YAMLMapper()
            .readTree(
                "properties: {spec: {type: object, properties: {a: {type: string, pattern: x}}}}");
    // When // Then
    assertThatIllegalStateException()
        .isThrownBy(() -> new StructuralSchema(root))
        .withMessageContaining("pattern");
  }

  /** The same for a function of Kubernetes that is not among ours. */
  @Test
  void refusesAnUnknownFunction() {
    assertThatIllegalStateException()
        .isThrownBy(() -> CelExpression.compile("isQuantity(self)"))
        .withMessageContaining("isQuantity");
  }

  /** As the server was seen to answer: a null is no value, and a fraction is told twice. */
  @Test
  void treatsNullsAndFractionsAsTheServerDoes() throws IOException {
    // Given
    String manifest =
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme}
        spec: {credentialsSecretRef: {name: a}, hub: null, enabled: null, adoptInstanceId: 1.5}
        """;
    // When
    List<String> refusals =
        CustomResourceSchema.ofInstances()
            .refusals(new YAMLMapper().readTree(manifest), Optional.empty());
    // Then
    assertThat(refusals)
        .containsExactlyInAnyOrder(
            "spec.hub: Required value",
            "spec.adoptInstanceId: Invalid value: \"float64\": spec.adoptInstanceId in body must be"
                + " of type int64: \"float64\"",
            "<nil>: Invalid value: \"\": Checked value must be of type integer with format int64 in"
                + " spec.adoptInstanceId");
  }

  /** As Kubernetes' CEL library answers. */
  @ParameterizedTest
  @CsvSource({
    "https://a.example.com, true, ''",
    "https://a.example.com:8443/x, true, 8443",
    "'https://[::1]:99999/x', true, 99999",
    "'https://[::1]/x', true, ''",
    "a.example.com, false, ''",
    "'https://[::1/x', false, ''"
  })
  void treatsUrlsAsTheServerDoes(String url, boolean is, String port)
      throws CelEvaluationException {
    // Given
    CelExpression isUrl = CelExpression.compile("isURL(self)");
    CelExpression hasPort = CelExpression.compile("url(self).getPort() == '" + port + "'");
    // When
    boolean accepted = isUrl.holds(Map.of("self", url));
    // Then
    assertThat(accepted).isEqualTo(is);
    assertThat(!is || hasPort.holds(Map.of("self", url))).isTrue();
  }
}
