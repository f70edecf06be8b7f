package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user that the pod runs as. */
class ChartSecurityTest {
  private static final List<String> IDS = List.of("runAsUser", "runAsGroup", "fsGroup");

  /** OpenShift gives each namespace a range of ids, and starts no pod that asks for another. */
  @Test
  void platformMayChooseTheIds() {
    // Given
    String values = "{adaptSecurityContext: force, podSecurityContext: {fsGroup: 65532}}";
    // When
    JsonNode context = Rendered.from(values).pod().get("securityContext");
    // Then
    IDS.forEach(id -> assertThat(context.has(id)).as(id).isFalse());
    assertThat(context.get("runAsNonRoot").asBoolean()).isTrue();
    assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
  }

  /** Everywhere else the pod has the ids that were reviewed. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "disabled"})
  void idsStayOnPlainKubernetes(String mode) {
    // Given
    String values = "{adaptSecurityContext: %s, podSecurityContext: {fsGroup: 1000640000}}";
    // When
    JsonNode context = Rendered.from(values.formatted(mode)).pod().get("securityContext");
    // Then
    assertThat(context.get("runAsUser").asInt()).isEqualTo(65532);
    assertThat(context.get("runAsGroup").asInt()).isEqualTo(65532);
    assertThat(context.get("fsGroup").asInt()).isEqualTo(1000640000);
  }

  /** One file without Helm serves every platform, so the image names the user. */
  @Test
  void plainManifestsFixNoId() {
    // Given // When
    List<JsonNode> pods =
        DeployManifests.all().values().stream()
            .flatMap(file -> Chart.parse(file).stream())
            .filter(object -> object.get("kind").asText().equals("Deployment"))
            .toList();
    // Then
    assertThat(pods).hasSize(2);
    IDS.forEach(id -> assertThat(pods).allMatch(pod -> pod.findValues(id).isEmpty(), id));
  }

  /** A platform's policy may require further fields of a security context. */
  @Test
  void contextsTakeMore() {
    // Given
    String values =
        """
        podSecurityContext: {supplementalGroupsPolicy: Strict}
        securityContext: {appArmorProfile: {type: RuntimeDefault}}
        """;
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.pod().at("/securityContext/supplementalGroupsPolicy").asText())
        .isEqualTo("Strict");
    assertThat(rendered.container().at("/securityContext/appArmorProfile/type").asText())
        .isEqualTo("RuntimeDefault");
    assertThat(rendered.container().at("/securityContext/capabilities/drop/0").asText())
        .isEqualTo("ALL");
  }
}
