package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may say about the pod. */
class ChartPodTest {

  /** Each value stands where Kubernetes looks for it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {dnsPolicy: None}                                  | /dnsPolicy                               | "None"
          {dnsConfig: {nameservers: [10.0.0.10]}}            | /dnsConfig/nameservers/0                 | "10.0.0.10"
          {hostAliases: [{ip: 10.0.0.7, hostnames: [api]}]}  | /hostAliases/0/hostnames/0               | "api"
          {hostUsers: false}                                 | /hostUsers                               | false
          {hostUsers: true}                                  | /hostUsers                               | true
          {runtimeClassName: gvisor}                         | /runtimeClassName                        | "gvisor"
          {initContainers: [{name: first, image: a}]}        | /initContainers/0/name                   | "first"
          {extraContainers: [{name: more, image: a}]}        | /containers/1/name                       | "more"
          {startupProbe: {failureThreshold: 300}}            | /containers/0/startupProbe/failureThreshold | 300
          {startupProbe: {failureThreshold: 300}}            | /containers/0/startupProbe/periodSeconds | 1
          {livenessProbe: {timeoutSeconds: 9}}               | /containers/0/livenessProbe/timeoutSeconds | 9
          {livenessProbe: {timeoutSeconds: 9}}               | /containers/0/livenessProbe/httpGet/path | "/livez"
          {readinessProbe: {initialDelaySeconds: 3}}         | /containers/0/readinessProbe/initialDelaySeconds | 3
          {caBundle: {configMap: ca, key: a.pem}}            | /volumes/0/configMap/items/0/key         | "a.pem"
          {caBundle: {secret: ca}}                           | /volumes/0/secret/secretName             | "ca"
          {caBundle: {clusterTrustBundle: {name: corporate}}} | /volumes/0/projected/sources/0/clusterTrustBundle/name | "corporate"
          {caBundle: {clusterTrustBundle: {name: corporate}}} | /volumes/0/projected/sources/0/clusterTrustBundle/path | "ca.crt"
          {caBundle: {clusterTrustBundle: {name: corporate}}} | /containers/0/volumeMounts/0/mountPath  | "/etc/connectwise-operator/ca"
          """)
  void valueArrivesInThePod(String values, String place, String value) {
    // Given // When
    JsonNode pod = Rendered.from(values).pod();
    // Then
    assertThat(pod.at(place)).hasToString(value);
  }

  /** An older API server may not know a field that no value asks for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hostUsers",
        "runtimeClassName",
        "dnsPolicy",
        "dnsConfig",
        "hostAliases",
        "volumes"
      })
  void unsetValuesLeaveNothing(String field) {
    // Given // When
    JsonNode pod = Rendered.from("{}").pod();
    // Then
    assertThat(pod.has(field)).isFalse();
  }

  /** The operator trusts what the volume brings, from wherever it comes. */
  @Test
  void certificatesOfATrustBundleAreTrusted() {
    // Given
    String values =
        "{caBundle: {clusterTrustBundle: {signerName: example.com/ca, labelSelector: {}}}}";
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.environment())
        .containsEntry("CA_BUNDLE", "/etc/connectwise-operator/ca/ca.crt");
  }

  /** JDK_JAVA_OPTIONS would lose against the options on the image's command line. */
  @Test
  void optionsOfTheJvmWinOverTheImages() {
    // Given
    String values = "{jvmOptions: [-XX:MaxRAMPercentage=60, '-Xlog:gc']}";
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.environment())
        .containsEntry("_JAVA_OPTIONS", "-XX:MaxRAMPercentage=60 -Xlog:gc");
  }

  /** One place for a mirror of all charts, with both ways in which they name Secrets. */
  @Test
  void chartsShareRegistryAndPullSecrets() {
    // Given
    String values =
        """
        global: {imageRegistry: mirror.example.com, imagePullSecrets: [shared, {name: own}]}
        image: {registry: registry.example.com}
        imagePullSecrets: [{name: own}]
        """;
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    assertThat(rendered.container().get("image").asText())
        .isEqualTo("mirror.example.com/connectwise-operator:0.1.0");
    assertThat(rendered.pod().get("imagePullSecrets").findValuesAsText("name"))
        .containsExactly("own", "shared");
  }

  /** A rollout may be made as a cluster's owner wants it, as long as two pods never lead. */
  @Test
  void rolloutTakesAStrategy() {
    // Given
    String values = "{revisionHistoryLimit: 1, updateStrategy: {type: Recreate}}";
    // When
    JsonNode deployment = Rendered.from(values).only("Deployment");
    // Then
    assertThat(deployment.at("/spec/revisionHistoryLimit").asInt()).isEqualTo(1);
    assertThat(deployment.at("/spec/strategy")).hasToString("{\"type\":\"Recreate\"}");
  }
}
