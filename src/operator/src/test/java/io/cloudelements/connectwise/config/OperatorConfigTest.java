package io.cloudelements.connectwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {
  private static final String US = "https://api.cloud-elements.com/elements/api-v2";
  private static final Path BUNDLE = Path.of("/etc/ca/ca.crt");

  /** A laptop with a kubeconfig and nothing set must run. */
  @Test
  void hasDefaultsOutsideOfACluster() {
    // Given
    Map<String, String> environment = Map.of("PATH", "/bin", "HOME", "/root");
    HttpSettings calls = HttpSettings.DEFAULTS;
    QueueSettings queue = QueueSettings.DEFAULTS;

    // When
    OperatorConfig config = valid(read(environment));

    // Then
    assertThat(config.remote())
        .isEqualTo(
            new OperatorConfig.Remote(
                URI.create(US),
                List.of(
                    US,
                    "https://console.cloud-elements.com/elements/api-v2",
                    "https://api.cloud-elements.co.uk/elements/api-v2",
                    "https://console.cloud-elements.co.uk/elements/api-v2",
                    "https://staging.cloud-elements.com/elements/api-v2",
                    "https://api.openconnectors.*.hana.ondemand.com/elements/api-v2"),
                calls.timeouts().provision(),
                calls.timeouts().request(),
                new OperatorConfig.CallLimits(
                    queue.maxConcurrent(), queue.maxConnections(), queue.breakerFailures()),
                Optional.empty(),
                Optional.empty()));
    assertThat(config.remote().limits().maxConnections()).isEqualTo(calls.bounds().poolSize());
    assertThat(config)
        .isEqualTo(
            new OperatorConfig(
                config.remote(),
                new OperatorConfig.Watch(List.of(), Optional.empty(), true, false),
                Optional.empty(),
                new OperatorConfig.Drift(
                    Duration.ofMinutes(10), 5, Optional.of(Duration.ofHours(1)), false),
                new OperatorConfig.Authority(ManagementPolicy.MANAGE, 0),
                Optional.empty(),
                new OperatorConfig.Observability(
                    8080, LogFormat.JSON, LogLevel.INFO, Optional.empty())));
  }

  /** One account must be able to have as many calls as its own setting allows. */
  @ParameterizedTest
  @CsvSource({"16, 21, true", "16, 20, false", "200, 266, true", "200, 265, false"})
  void totalConcurrencyExceedsThatOfOneAccount(int one, int all, boolean accepted) {
    // When
    ConfigResult result =
        read(
            Map.of(
                "ACCOUNT_MAX_CONCURRENT_REQUESTS", Integer.toString(one),
                "MAX_CONCURRENT_REQUESTS", Integer.toString(all)));

    // Then
    assertThat(result instanceof ConfigResult.Valid).isEqualTo(accepted);
    if (result instanceof ConfigResult.Invalid(var errors)) {
      assertThat(errors)
          .singleElement()
          .extracting(SettingError::message)
          .asString()
          .contains("ACCOUNT_MAX_CONCURRENT_REQUESTS is " + one, "use at least " + (all + 1));
    }
  }

  /** Each variable has to arrive at its place. */
  @Test
  void readsEverySetting() {
    // Given
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("CLOUD_ELEMENTS_BASE_URL", "http://simulator:8081/elements/api-v2/"),
            Map.entry(
                "CLOUD_ELEMENTS_ALLOWED_BASE_URLS",
                "http://simulator:8081/elements/api-v2, https://*.example.com/elements/api-v2"),
            Map.entry("CLUSTER_NAME", "prod-eu.1"),
            Map.entry("WATCH_NAMESPACES", "team-a, team-b,team-a,"),
            Map.entry("WATCH_LABEL_SELECTOR", "shard in (a,b),!legacy"),
            Map.entry("SECRETS_WATCH", "false"),
            Map.entry("ACCOUNT_NAMESPACE_SELECTORS", "true"),
            Map.entry("RESYNC_INTERVAL", "1h30m"),
            Map.entry("PROVISION_TIMEOUT", "2m"),
            Map.entry("REQUEST_TIMEOUT", "5s"),
            Map.entry("ACCOUNT_MAX_CONCURRENT_REQUESTS", "3"),
            Map.entry("MAX_CONCURRENT_REQUESTS", "40"),
            Map.entry("ACCOUNT_BREAKER_FAILURES", "7"),
            Map.entry("OPERATING_MODE", "observe"),
            Map.entry("MASS_DISAPPEARANCE_LIMIT", "9"),
            Map.entry("MASS_DELETION_LIMIT", "25"),
            Map.entry("ORPHAN_SCAN_INTERVAL", "2h"),
            Map.entry("AUDIT_LOGS", "true"),
            Map.entry("LEADER_ELECTION", "True"),
            Map.entry("OPERATOR_NAMESPACE", "operators"),
            Map.entry("HTTP_PORT", "0"),
            Map.entry("LOG_FORMAT", "text"),
            Map.entry("LOG_LEVEL", "WARN"),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"),
            Map.entry("TRACE_PROPAGATION", "true"),
            Map.entry("CA_BUNDLE", BUNDLE.toString()),
            Map.entry("HTTPS_PROXY", "http://me:p%40ss+word@proxy.corp:3128"),
            Map.entry("NO_PROXY", "localhost,.svc,10.0.0.0/8,example.com:443"));

    // When
    OperatorConfig config = valid(read(environment));

    // Then
    assertThat(environment.keySet())
        .as("this test names every setting")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::name).toList());
    assertThat(config)
        .isEqualTo(
            new OperatorConfig(
                new OperatorConfig.Remote(
                    URI.create("http://simulator:8081/elements/api-v2"),
                    List.of(
                        "http://simulator:8081/elements/api-v2",
                        "https://*.example.com/elements/api-v2"),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(5),
                    new OperatorConfig.CallLimits(3, 40, 7),
                    Optional.of(BUNDLE),
                    Optional.of(
                        new Proxy(
                            URI.create("http://me:p%40ss+word@proxy.corp:3128"),
                            List.of("localhost", ".svc", "10.0.0.0/8", "example.com:443")))),
                new OperatorConfig.Watch(
                    List.of("team-a", "team-b"),
                    Optional.of("shard in (a,b),!legacy"),
                    false,
                    true),
                Optional.of("prod-eu.1"),
                new OperatorConfig.Drift(Duration.ofMinutes(90), 9, Optional.empty(), true),
                new OperatorConfig.Authority(ManagementPolicy.OBSERVE, 25),
                Optional.of("operators"),
                new OperatorConfig.Observability(
                    0,
                    LogFormat.TEXT,
                    LogLevel.WARN,
                    Optional.of(
                        new OperatorConfig.TraceExport(
                            URI.create("http://collector:4318"), true)))));
  }

  /** All errors are reported at once, not one for each restart. */
  @Test
  void reportsAllErrorsInTheOrderOfTheTable() {
    // Given
    Map<String, String> environment =
        Map.of(
            "LOG_LEVEL", "loud",
            "RESYNC_INTERVAL", "5s",
            "HTTP_PORT", "80800",
            "WATCH_NAMESPACE", "a",
            "CLOUD_ELEMENTS_BASE_URL", "https://evil.example/elements/api-v2");

    // When
    List<SettingError> errors = errors(read(environment));

    // Then
    assertThat(errors)
        .extracting(SettingError::toString)
        .containsExactly(
            "CLOUD_ELEMENTS_BASE_URL: \"https://evil.example/elements/api-v2\" is not allowed; set"
                + " it to one of "
                + Setting.CLOUD_ELEMENTS_ALLOWED_BASE_URLS
                    .defaultValue()
                    .orElseThrow()
                    .replace(",", ", ")
                + " or add it to CLOUD_ELEMENTS_ALLOWED_BASE_URLS",
            "RESYNC_INTERVAL: \"5s\" is shorter than 30s; use a duration like 10m or 1h30m, 30s to"
                + " 24h",
            "HTTP_PORT: \"80800\" is out of range; use a whole number, 0 to 65535",
            "LOG_LEVEL: \"loud\" is not one of them; use trace, debug, info, warn, error",
            "WATCH_NAMESPACE: is not a setting; did you mean WATCH_NAMESPACES?");
  }

  /** Every kind of wrong value, and what is said of it. */
  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RESYNC_INTERVAL         | 29s                       | is shorter than 30s",
        "RESYNC_INTERVAL         | 25h                       | is longer than 24h",
        "RESYNC_INTERVAL         | 0                         | is shorter than 30s",
        "RESYNC_INTERVAL         | 10                        | is not a duration",
        "RESYNC_INTERVAL         | -10m                      | is not a duration",
        "PROVISION_TIMEOUT       | 9s                        | is shorter than 10s",
        "REQUEST_TIMEOUT         | 900ms                     | is shorter than 1s",
        "ORPHAN_SCAN_INTERVAL    | 59s                       | is shorter than 1m",
        "ORPHAN_SCAN_INTERVAL    | never                     | `0` (never) or 1m to 168h",
        "ACCOUNT_MAX_CONCURRENT_REQUESTS | 0                 | is out of range",
        "ACCOUNT_BREAKER_FAILURES | 5.5                      | is not a whole number",
        "OPERATING_MODE          | Dry                       | use Manage, Observe, Plan",
        "MASS_DISAPPEARANCE_LIMIT | -1                       | is not a whole number",
        "HTTP_PORT               | 99999999999               | is not a whole number",
        "HTTP_PORT               | tcp://10.0.0.1:80         | enableServiceLinks: false",
        "LEADER_ELECTION         | yes                       | is neither true nor false",
        "LOG_FORMAT              | xml                       | use json, text",
        "OPERATOR_NAMESPACE      | Team_A                    | use the name of a namespace",
        "CLUSTER_NAME            | -prod                     | does not look like one",
        "WATCH_NAMESPACES        | a,B_c,d,*                 | holds what is none: \"B_c\", \"*\"",
        "WATCH_NAMESPACES        | ,,                        | nothing but commas",
        "WATCH_LABEL_SELECTOR    | team in red               | is not a label selector",
        "CLOUD_ELEMENTS_BASE_URL | api.cloud-elements.com    | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | ftp://h/elements          | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | https://h/e?x=y           | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | https://h/e#x             | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | https:///e                | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | https://h:99999/e         | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | https://h h/e             | is not a base URL",
        "CLOUD_ELEMENTS_BASE_URL | https://h./e              | is not a base URL",
        "CLOUD_ELEMENTS_ALLOWED_BASE_URLS | https://*/e      | holds what is none: \"https://*/e\"",
        "CLOUD_ELEMENTS_ALLOWED_BASE_URLS | https://a*.com/e | holds what is none",
        "CLOUD_ELEMENTS_ALLOWED_BASE_URLS | https://h.com/*  | holds what is none",
        "CA_BUNDLE               | ca.crt                    | is not an absolute path",
        "CA_BUNDLE               | /etc/ca/absent.crt        | cannot be read; mount a PEM file",
        "HTTPS_PROXY             | https://proxy:3128        | is not an HTTP proxy",
        "HTTPS_PROXY             | http://proxy/path         | is not an HTTP proxy",
      })
  void reportsAnInvalidValueWithARemedy(String variable, String value, String saying) {
    // When
    List<SettingError> errors = errors(read(Map.of(variable, value)));

    // Then
    assertThat(errors)
        .singleElement()
        .satisfies(error -> {
          assertThat(error.variable()).isEqualTo(variable);
          assertThat(error.message()).contains(saying.replace("`", ""));
        });
  }

  /** The messages go to a log that many people read. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HTTPS_PROXY,                      https://me:hunter2@proxy:3128",
    "CLOUD_ELEMENTS_BASE_URL,          https://me:hunter2@api.cloud-elements.com/elements/api-v2",
    "CLOUD_ELEMENTS_ALLOWED_BASE_URLS, https://me:hunter2@api.cloud-elements.com/elements/api-v2",
    "CLOUD_ELEMENTS_USER_SECRET,       hunter2",
  })
  void neverPrintsASecret(String variable, String value) {
    // When
    List<SettingError> errors = errors(read(Map.of(variable, value)));

    // Then
    assertThat(errors).isNotEmpty().noneMatch(error -> error.toString().contains("hunter2"));
  }

  /** The text of a configuration must show no secret. */
  @Test
  void toStringHidesThePasswordOfTheProxy() {
    // Given
    Map<String, String> environment = Map.of("HTTPS_PROXY", "me:hunter2@proxy:3128");

    // When
    OperatorConfig config = valid(read(environment));

    // Then
    assertThat(config.toString()).contains("proxy:3128").doesNotContain("hunter2");
  }

  /** Templates leave empty variables behind, and files end with a line break. */
  @Test
  void treatsBlankAsUnset() {
    // Given
    Map<String, String> environment = new HashMap<>();
    for (Setting setting : Setting.values()) {
      environment.put(setting.name(), " \n");
    }

    // When
    OperatorConfig config = valid(read(environment));

    // Then
    assertThat(config).isEqualTo(valid(read(Map.of())));
  }

  /** Two replicas of a Deployment must not both act because a variable is missing. */
  @Test
  void usesThePodNamespaceForLeaderElection() {
    // Given
    Map<String, String> environment = Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1");

    // When
    OperatorConfig config = valid(read(environment, Optional.of("operators\n")));

    // Then
    assertThat(config.leaseNamespace()).contains("operators");
  }

  /** A Lease in a guessed namespace would elect no leader. */
  @Test
  void leaderElectionWithoutANamespaceIsAnError() {
    // Given
    Map<String, String> environment = Map.of("LEADER_ELECTION", "true");

    // When
    List<SettingError> errors = errors(read(environment));

    // Then
    assertThat(errors)
        .singleElement()
        .satisfies(error -> assertThat(error.variable()).isEqualTo("OPERATOR_NAMESPACE"))
        .satisfies(error -> assertThat(error.message()).contains("LEADER_ELECTION=false"));
  }

  /** The setting overrides the default of the place. */
  @Test
  void leaderElectionCanBeDisabledInACluster() {
    // Given
    Map<String, String> environment =
        Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "LEADER_ELECTION", "false");

    // When
    OperatorConfig config = valid(read(environment, Optional.of("operators")));

    // Then
    assertThat(config.leaseNamespace()).isEmpty();
  }

  /** An operator that sees a part of the cluster would call every other instance an orphan. */
  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({"WATCH_NAMESPACES, a", "WATCH_LABEL_SELECTOR, team=red", "ORPHAN_SCAN_INTERVAL, 0"})
  void disablesTheOrphanScanForAPartOfTheCluster(String variable, String value) {
    // When
    OperatorConfig config = valid(read(Map.of(variable, value)));

    // Then
    assertThat(config.drift().orphanScanInterval()).isEmpty();
  }

  /** The API server would answer a wrong selector with 400 for ever, far from its cause. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b",
        "a==b,c!=d",
        "a",
        "!a",
        "example.com/a in (b, c)",
        "a notin (b),c",
        "a=",
        "a in (b),d=e"
      })
  void acceptsEveryNotationOfLabelSelectors(String selector) {
    // When
    OperatorConfig config = valid(read(Map.of("WATCH_LABEL_SELECTOR", selector)));

    // Then
    assertThat(config.watch().labelSelector()).contains(selector);
  }

  private static ConfigResult read(Map<String, String> environment) {
    return read(environment, Optional.empty());
  }

  private static ConfigResult read(Map<String, String> environment, Optional<String> podNamespace) {
    return OperatorConfig.fromEnvironment(
        environment,
        new RuntimeEnvironment(
            podNamespace, BUNDLE::equals, (allowed, url) -> allowed.contains(url.toString())));
  }

  private static OperatorConfig valid(ConfigResult result) {
    return switch (result) {
      case ConfigResult.Valid(OperatorConfig config) -> config;
      case ConfigResult.Invalid(List<SettingError> errors) -> throw new AssertionError(errors);
    };
  }

  private static List<SettingError> errors(ConfigResult result) {
    return switch (result) {
      case ConfigResult.Valid(OperatorConfig config) -> throw new AssertionError(config);
      case ConfigResult.Invalid(List<SettingError> errors) -> errors;
    };
  }
}
