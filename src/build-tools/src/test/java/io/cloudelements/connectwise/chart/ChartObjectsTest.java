package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user may say about the chart's objects other than the pod. */
class ChartObjectsTest {
  private static final String COMMON = "commonAnnotations: {example.com/owner: integration}";

  /** An annotation that one object lacks is found by the policy that asks for it. */
  @ParameterizedTest
  @EnumSource
  void everyObjectHasTheCommonAnnotations(Installation installation) throws IOException {
    // Given
    String values = Chart.merged(installation.yaml(), COMMON);
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.objects())
        .allSatisfy(object ->
            assertThat(object.at("/metadata/annotations/example.com~1owner").asText())
                .as("%s", object.get("kind"))
                .isEqualTo("integration"));
  }

  /** A user's annotation of the same name must not replace the one that keeps the CRD. */
  @Test
  void objectsOwnAnnotationsWin() {
    // Given
    String values =
        """
        commonAnnotations: {helm.sh/resource-policy: delete, example.com/owner: all}
        deploymentAnnotations: {example.com/owner: deployment}
        """;
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.ofKind("CustomResourceDefinition"))
        .isNotEmpty()
        .allMatch(crd ->
            crd.at("/metadata/annotations/helm.sh~1resource-policy").asText().equals("keep"));
    assertThat(annotation(rendered, "Deployment", "example.com~1owner")).isEqualTo("deployment");
    assertThat(annotation(rendered, "Service", "example.com~1owner")).isEqualTo("all");
  }

  /**
   * A chart that depends on this one is installed into one namespace and puts this into another.
   */
  @Test
  void objectsMayLiveInAnotherNamespaceThanTheRelease() {
    // Given
    String values =
        """
        namespaceOverride: integration
        watchNamespaces: [integration]
        settings: {clusterName: prod-eu}
        serviceMonitor: {enabled: true}
        """;
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.objects())
        .filteredOn(object -> !object.get("kind").asText().equals("CustomResourceDefinition"))
        .allSatisfy(object ->
            assertThat(object.at("/metadata/namespace").asText()).isEqualTo("integration"));
    assertThat(rendered.ofKind("RoleBinding"))
        .extracting(binding -> binding.at("/subjects/0/namespace").asText())
        .containsOnly("integration");
    assertThat(rendered.environment()).containsEntry("WATCH_NAMESPACES", "(a reference)");
  }

  /** Two addresses in a dual-stack cluster, and what a load balancer or a mesh reads. */
  @Test
  void serviceTakesTypeAndFamilies() {
    // Given
    String values =
        """
        service:
          type: NodePort
          annotations: {example.com/scrape: "yes"}
          labels: {example.com/team: integration}
          ipFamilies: [IPv6, IPv4]
          ipFamilyPolicy: PreferDualStack
        """;
    // When
    JsonNode service = Rendered.from(values).only("Service");
    // Then
    assertThat(service.at("/spec/type").asText()).isEqualTo("NodePort");
    assertThat(service.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv6\",\"IPv4\"]");
    assertThat(service.at("/spec/ipFamilyPolicy").asText()).isEqualTo("PreferDualStack");
    assertThat(service.at("/metadata/annotations/example.com~1scrape").asText()).isEqualTo("yes");
    assertThat(service.at("/metadata/labels/example.com~1team").asText()).isEqualTo("integration");
  }

  /** Prometheus often looks for monitors in its own namespace only, and then at another one. */
  @Test
  void monitorMayLiveWherePrometheusLooks() {
    // Given
    String values =
        """
        serviceMonitor:
          enabled: true
          namespace: monitoring
          interval: 30s
          annotations: {example.com/owner: integration}
          relabelings: [{targetLabel: cluster, replacement: prod-eu}]
          metricRelabelings: [{sourceLabels: [__name__], regex: jvm_.*, action: drop}]
        """;
    // When
    JsonNode monitor = Rendered.from(values).only("ServiceMonitor");
    // Then
    assertThat(monitor.at("/metadata/namespace").asText()).isEqualTo("monitoring");
    assertThat(monitor.at("/metadata/annotations/example.com~1owner").asText())
        .isEqualTo("integration");
    assertThat(monitor.at("/spec/namespaceSelector/matchNames/0").asText())
        .isEqualTo(Rendered.NAMESPACE);
    JsonNode endpoint = monitor.at("/spec/endpoints/0");
    assertThat(endpoint.get("interval").asText()).isEqualTo("30s");
    assertThat(endpoint.at("/relabelings/0/replacement").asText()).isEqualTo("prod-eu");
    assertThat(endpoint.at("/metricRelabelings/0/action").asText()).isEqualTo("drop");
  }

  /** Further objects are installed and removed with the release. */
  @Test
  void furtherObjectsAreTemplates() {
    // Given
    String values =
        """
        extraObjects:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: "{{ .Release.Name }}-one", namespace: "{{ .Release.Namespace }}"}
          - |
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ include "connectwise-operator.fullname" . }}-two
              namespace: {{ .Release.Namespace }}
        """;
    // When
    List<JsonNode> maps = Rendered.from(values).ofKind("ConfigMap");
    // Then
    assertThat(maps)
        .extracting(map -> map.at("/metadata/name").asText())
        .containsExactly("connectwise-operator-one", "connectwise-operator-two");
    assertThat(maps)
        .allMatch(map -> map.at("/metadata/namespace").asText().equals(Rendered.NAMESPACE));
  }

  private static String annotation(Rendered rendered, String kind, String name) {
    return rendered.only(kind).at("/metadata/annotations/" + name).asText();
  }
}
