package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart's NetworkPolicy lets out: too little looks like an outage of the service. */
class ChartNetworkTest {

  /** The pods behind OpenShift's DNS Service listen on 5353, where a policy is applied. */
  @Test
  void namesResolveOnOpenShift() {
    // Given // When
    JsonNode egress = egress("{}");
    // Then
    assertThat(egress.at("/0/ports"))
        .extracting(port -> port.get("port").asText() + port.get("protocol").asText())
        .contains("53UDP", "53TCP", "5353UDP", "5353TCP");
  }

  /** Where the API server itself listens: managed, kubeadm and OpenShift, minikube, MicroK8s. */
  @Test
  void apiServerIsReachedInTheUsualClusters() {
    // Given // When
    JsonNode egress = egress("{}");
    // Then
    assertThat(egress.at("/1/ports").findValuesAsText("port"))
        .contains("443", "6443", "8443", "16443");
  }

  /** A base URL or a proxy that the policy keeps out would look like an outage of the service. */
  @Test
  void networkPolicyFollowsTheSettings() {
    // Given
    String values =
        """
        settings:
          cloudElementsBaseUrl: https://api.cloud-elements.com/elements/api-v2
          cloudElementsAllowedBaseUrls: ["http://simulator:8089/elements/api-v2", "http://plain/elements/api-v2"]
        proxy: {url: "http://proxy:3128"}
        networkPolicy: {platformPorts: [9443], platformCidrs: [203.0.113.0/24]}
        """;
    // When
    JsonNode egress = Rendered.from(values).only("NetworkPolicy").at("/spec/egress");
    // Then
    assertThat(egress).hasSize(3);
    assertThat(egress.at("/0/ports").findValuesAsText("port"))
        .containsExactly("53", "53", "5353", "5353");
    assertThat(egress.at("/1/ports").findValuesAsText("port"))
        .containsExactly("443", "6443", "8443", "16443");
    assertThat(egress.at("/2/ports").findValuesAsText("port"))
        .containsExactlyInAnyOrder("443", "8089", "80", "3128", "9443");
    assertThat(egress.at("/2/to/0/ipBlock/cidr").asText()).isEqualTo("203.0.113.0/24");
  }

  /** A receiver that the policy keeps out would only show as traces that are missing. */
  @Test
  void networkPolicyAllowsTheTraceReceiver() {
    // Given
    String values = "{settings: {otelExporterOtlpEndpoint: 'http://collector.tracing:4318/otlp'}}";
    // When
    JsonNode egress = Rendered.from(values).only("NetworkPolicy").at("/spec/egress");
    // Then
    assertThat(egress).hasSize(4);
    assertThat(egress.at("/3/ports").findValuesAsText("port")).containsExactly("4318");
  }

  /** A port that only a Secret knows has to be said, or every call would end at the policy. */
  @Test
  void proxyOfASecretIsReached() {
    // Given
    String values = "{proxy: {secret: proxy, port: 3128}}";
    // When
    JsonNode egress = egress(values);
    // Then
    assertThat(egress.at("/2/ports").findValuesAsText("port")).containsExactly("443", "3128");
  }

  /** Values from before there was one for the proxy's port still open the port. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{proxy: {secret: proxy}, networkPolicy: {platformPorts: [3128]}}",
        "{proxy: {secret: proxy}, networkPolicy: {extraEgress: [{ports: [{port: 3128}]}]}}"
      })
  void portOfTheProxyMayBeAmongTheOthers(String values) {
    // Given // When
    JsonNode egress = egress(values);
    // Then
    assertThat(egress.findValuesAsText("port")).contains("3128");
  }

  /** A webhook, a mesh, a name server elsewhere: the chart cannot know them all. */
  @Test
  void furtherRulesComeLast() {
    // Given
    String rule =
        "{to: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 8443, protocol: TCP}]}";
    // When
    JsonNode egress = egress("{networkPolicy: {extraEgress: [%s]}}".formatted(rule));
    // Then
    assertThat(egress).hasSize(4);
    assertThat(egress.get(3)).isEqualTo(Chart.parse(rule).getFirst());
  }

  private static JsonNode egress(String values) {
    return Rendered.from(values).only("NetworkPolicy").at("/spec/egress");
  }
}
