package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.config.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator's settings as values of the chart. */
class SettingValuesTest {

  /**
   * A value that arrives under another name than the operator reads would be ignored in silence.
   */
  @Test
  void everyValueSetsItsVariable() {
    // Given
    String values =
        """
        watchNamespaces: [a, b]
        watchLabelSelector: shard=a
        secrets: {watch: false}
        leaderElection: true
        caBundle: {secret: ca}
        proxy: {url: "http://proxy:3128"}
        settings:
          cloudElementsBaseUrl: https://api.example.com/elements/api-v2
          cloudElementsAllowedBaseUrls: ["https://api.example.com/elements/api-v2", "https://*.example.org/v2"]
          clusterName: prod
          resyncInterval: 5m
          provisionTimeout: 2m
          requestTimeout: 1500ms
          accountMaxConcurrentRequests: 1000
          maxConcurrentRequests: 2000
          accountBreakerFailures: 7
          operatingMode: Plan
          massDisappearanceLimit: 100000
          massDeletionLimit: 25
          orphanScanInterval: "0"
          auditLogs: true
          httpPort: 8081
          logFormat: text
          logLevel: debug
          otelExporterOtlpEndpoint: http://collector:4318
          tracePropagation: true
        """;
    // When
    Map<String, String> environment = Rendered.from(values).environment();
    // Then
    assertThat(environment.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::name).toList());
    assertThat(environment)
        .containsEntry(
            "CLOUD_ELEMENTS_ALLOWED_BASE_URLS",
            "https://api.example.com/elements/api-v2,https://*.example.org/v2")
        .containsEntry("ACCOUNT_NAMESPACE_SELECTORS", "false")
        .containsEntry("OPERATING_MODE", "Plan")
        .containsEntry("MASS_DISAPPEARANCE_LIMIT", "100000")
        .containsEntry("MASS_DELETION_LIMIT", "25")
        .containsEntry("ORPHAN_SCAN_INTERVAL", "0")
        .containsEntry("HTTP_PORT", "8081")
        .containsEntry("CA_BUNDLE", "/etc/connectwise-operator/ca/ca.crt");
  }

  /** A default that a user uncomments in values.yaml must be valid, and must change nothing. */
  @ParameterizedTest
  @EnumSource
  void chartAcceptsTheDefault(Setting setting) {
    // Given
    String place = SettingValues.placeOf(setting);
    if (!place.startsWith("settings.") || setting.defaultValue().isEmpty()) {
      return;
    }
    ObjectNode values = new ObjectMapper().createObjectNode();
    String fallback = setting.defaultValue().get();
    String name = place.substring("settings.".length());
    ObjectNode settings = values.putObject("settings");
    switch (setting) {
      case CLOUD_ELEMENTS_ALLOWED_BASE_URLS ->
          List.of(fallback.split(",")).forEach(settings.putArray(name)::add);
      case ACCOUNT_MAX_CONCURRENT_REQUESTS,
          MAX_CONCURRENT_REQUESTS,
          ACCOUNT_BREAKER_FAILURES,
          MASS_DISAPPEARANCE_LIMIT,
          MASS_DELETION_LIMIT,
          HTTP_PORT ->
          settings.put(name, Integer.parseInt(fallback));
      case AUDIT_LOGS, TRACE_PROPAGATION -> settings.put(name, Boolean.parseBoolean(fallback));
      default -> settings.put(name, fallback);
    }
    // When
    Map<String, String> environment = Rendered.from(values.toString()).environment();
    // Then
    assertThat(environment).containsEntry(setting.name(), fallback);
  }
}
