package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The table of the operator's settings: one constant is one environment variable of the same name.
 * Types, defaults, error messages, docs/settings.md and the chart come from it; {@link
 * ConfigReader} puts each value into {@link OperatorConfig}.
 */
public enum Setting {
  CLOUD_ELEMENTS_BASE_URL(
      new SettingType.BaseUrl(),
      Default.of("https://api.cloud-elements.com/elements/api-v2"),
      "base URL of resources that name none; must be allowed by the next setting"),
  CLOUD_ELEMENTS_ALLOWED_BASE_URLS(
      new SettingType.BaseUrlPatterns(),
      Default.of(
          "https://api.cloud-elements.com/elements/api-v2,"
              + "https://console.cloud-elements.com/elements/api-v2,"
              + "https://api.cloud-elements.co.uk/elements/api-v2,"
              + "https://console.cloud-elements.co.uk/elements/api-v2,"
              + "https://staging.cloud-elements.com/elements/api-v2,"
              + "https://api.openconnectors.*.hana.ondemand.com/elements/api-v2"),
      "base URLs that may be called; `*` stands for one or more host labels; `http://` only when"
          + " listed here"),
  CLUSTER_NAME(
      SettingType.Text.CLUSTER_NAME,
      Default.derived("UID of the namespace `kube-system`"),
      "part of the ownership tag; a stable name lets a rebuilt cluster find its instances again"),
  WATCH_NAMESPACES(
      new SettingType.Names(),
      Default.derived("all"),
      "namespaces to watch; Roles then suffice instead of a ClusterRole"),
  WATCH_LABEL_SELECTOR(
      new SettingType.LabelSelector(),
      Default.derived("none"),
      "watch only resources and accounts with these labels: a shard or a class"),
  SECRETS_WATCH(
      new SettingType.Flag(),
      Default.of("true"),
      "whether the metadata of Secrets is listed and watched, so that a changed Secret is noticed"
          + " at once; `false`: at the next drift check, and the right to list Secrets is not"
          + " needed"),
  ACCOUNT_NAMESPACE_SELECTORS(
      new SettingType.Flag(),
      Default.of("false"),
      "whether namespaces are watched, so that a CloudElementsAccount may allow them by their"
          + " labels (`from: Selector`); `false`: such a selector allows none"),
  RESYNC_INTERVAL(
      new SettingType.Span(Duration.ofSeconds(30), Duration.ofHours(24), false),
      Default.of("10m"),
      "time between drift checks of resources without `spec.resyncInterval`"),
  PROVISION_TIMEOUT(
      new SettingType.Span(Duration.ofSeconds(10), Duration.ofMinutes(10), false),
      Default.of(ProvisioningWindow.DEFAULT_DEADLINE.toSeconds() + "s"),
      "deadline of a POST or PUT; the service contacts ConnectWise meanwhile"),
  REQUEST_TIMEOUT(
      new SettingType.Span(Duration.ofSeconds(1), Duration.ofMinutes(5), false),
      Default.of("15s"),
      "deadline of every other call"),
  ACCOUNT_MAX_CONCURRENT_REQUESTS(
      new SettingType.WholeNumber(1, 1_000), Default.of("16"), "calls in flight per account"),
  MAX_CONCURRENT_REQUESTS(
      new SettingType.WholeNumber(1, 4_000),
      Default.of("512"),
      "calls in flight per host of a base URL, over all accounts; a quarter is kept for accounts"
          + " that have no call in flight"),
  ACCOUNT_BREAKER_FAILURES(
      new SettingType.WholeNumber(1, 1_000),
      Default.of("5"),
      "consecutive failures (401, 5xx, timeouts) that open an account's breaker for a growing"
          + " pause"),
  OPERATING_MODE(
      new SettingType.Choice<>(ManagementPolicy.class, ManagementPolicy::key),
      Default.of("Manage"),
      "what the operator may do at most, for all resources: the lowest of it and"
          + " `spec.managementPolicy` holds; `Observe` and `Plan` change nothing at the service,"
          + " and `Plan` writes no Secret"),
  MASS_DISAPPEARANCE_LIMIT(
      new SettingType.WholeNumber(0, 100_000),
      Default.of("5"),
      "when more instances of one account than this, and than a fifth of them, are gone in one"
          + " resync interval, none is recreated until a person confirms"),
  MASS_DELETION_LIMIT(
      new SettingType.WholeNumber(0, 100_000),
      Default.of("0"),
      "when more resources of one account than this, and than a fifth of them, are deleted within"
          + " ten minutes, no further instance is deleted until a person confirms; off by `0`"),
  ORPHAN_SCAN_INTERVAL(
      new SettingType.Span(Duration.ofMinutes(1), Duration.ofDays(7), true),
      Default.of("1h"),
      "how often instances of this cluster without a resource are searched for and reported, never"
          + " deleted; only where the whole cluster is watched"),
  AUDIT_LOGS(
      new SettingType.Flag(),
      Default.of("false"),
      "whether the service's audit log is asked once for each drift that is found, who changed the"
          + " instance; the event `DriftFound` tells, or says that the service does not, which"
          + " changes nothing else. The account's user needs a privilege for it"),
  LEADER_ELECTION(
      new SettingType.Flag(),
      Default.derived("`true` in a cluster, else `false`"),
      "whether replicas agree on one leader by the Lease `connectwise-operator`"),
  OPERATOR_NAMESPACE(
      SettingType.Text.NAMESPACE, Default.derived("the pod's"), "where the Lease lives"),
  HTTP_PORT(
      new SettingType.WholeNumber(0, 65_535),
      Default.of("8080"),
      "port of `/livez`, `/readyz`, `/metrics`, `/orphans` and `/queue`; `0`: any free one"),
  LOG_FORMAT(
      new SettingType.Choice<>(LogFormat.class),
      Default.of("json"),
      "one JSON object a line, or text"),
  LOG_LEVEL(
      new SettingType.Choice<>(LogLevel.class),
      Default.of("info"),
      "least severity logged; transport libraries stay at `info`, since below it they print bodies"
          + " and headers; audit lines are written at every level"),
  OTEL_EXPORTER_OTLP_ENDPOINT(
      new SettingType.BaseUrl(),
      Default.derived("none"),
      "OTLP receiver over HTTP that traces are sent to, for example `http://collector:4318`; unset:"
          + " no traces"),
  TRACE_PROPAGATION(
      new SettingType.Flag(),
      Default.of("false"),
      "whether calls to Cloud Elements carry the header `traceparent`"),
  CA_BUNDLE(
      new SettingType.FilePath(),
      Default.derived("none"),
      "PEM file of certificates to trust besides the JDK's when calling Cloud Elements"),
  HTTPS_PROXY(
      new SettingType.ProxyUrl(),
      Default.derived("none"),
      "HTTP proxy for calls to Cloud Elements"),
  NO_PROXY(
      new SettingType.ProxyExceptions(),
      Default.derived("none"),
      "hosts reached without the proxy; `example.com` includes its subdomains, `.example.com` means"
          + " only them");

  /** Beginnings that are this operator's alone: an unknown variable with one is a typing error. */
  static final List<String> PREFIXES =
      List.of(
          "CLOUD_ELEMENTS_",
          "ACCOUNT_",
          "WATCH_",
          "ORPHAN_",
          "OPERATING_",
          "MASS_",
          "MAX_CONCURRENT_");

  private final SettingType type;
  private final Default fallback;
  private final String meaning;

  Setting(SettingType type, Default fallback, String meaning) {
    this.type = type;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  SettingType type() {
    return type;
  }

  /** What a value looks like, in Markdown: {@code duration, 30s to 24h}. */
  public String form() {
    return type.form();
  }

  /**
   * The value that counts when the variable is unset; empty when it is derived or there is none.
   */
  public Optional<String> defaultValue() {
    return fallback.value() ? Optional.of(fallback.text()) : Optional.empty();
  }

  /** The default for a reader, in Markdown. */
  public String defaultText() {
    return fallback.value() ? "`" + fallback.text() + "`" : fallback.text();
  }

  /** What the setting is for, in Markdown: one sentence without a full stop. */
  public String meaning() {
    return meaning;
  }

  /**
   * @param value whether the text is a value for the variable, or says where one comes from
   */
  private record Default(String text, boolean value) {
    static Default of(String text) {
      return new Default(text, true);
    }

    static Default derived(String text) {
      return new Default(text, false);
    }
  }
}
