package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reading of the environment, which goes on after an error in order to report them all. */
final class ConfigReader {
  private final Map<String, String> environment;
  private final RuntimeEnvironment runtime;
  private final List<SettingError> errors = new ArrayList<>();

  ConfigReader(Map<String, String> environment, RuntimeEnvironment runtime) {
    this.environment = environment;
    this.runtime = runtime;
  }

  ConfigResult read() {
    OperatorConfig.Watch watch =
        new OperatorConfig.Watch(
            list(Setting.WATCH_NAMESPACES),
            optional(Setting.WATCH_LABEL_SELECTOR, String.class),
            value(Setting.SECRETS_WATCH, Boolean.class),
            value(Setting.ACCOUNT_NAMESPACE_SELECTORS, Boolean.class));
    Duration orphanScan = value(Setting.ORPHAN_SCAN_INTERVAL, Duration.class);
    OperatorConfig config =
        new OperatorConfig(
            remote(),
            watch,
            optional(Setting.CLUSTER_NAME, String.class),
            new OperatorConfig.Drift(
                value(Setting.RESYNC_INTERVAL, Duration.class),
                value(Setting.MASS_DISAPPEARANCE_LIMIT, Integer.class),
                Optional.of(orphanScan).filter(scan -> !scan.isZero() && watch.isWholeCluster()),
                value(Setting.AUDIT_LOGS, Boolean.class)),
            new OperatorConfig.Authority(
                value(Setting.OPERATING_MODE, ManagementPolicy.class),
                value(Setting.MASS_DELETION_LIMIT, Integer.class)),
            leaseNamespace(),
            new OperatorConfig.Observability(
                value(Setting.HTTP_PORT, Integer.class),
                value(Setting.LOG_FORMAT, LogFormat.class),
                value(Setting.LOG_LEVEL, LogLevel.class),
                tracing()));

    errors.sort(Comparator.comparing(error -> Setting.valueOf(error.variable())));
    errors.addAll(UnknownVariables.among(environment.keySet()));
    return errors.isEmpty() ? new ConfigResult.Valid(config) : new ConfigResult.Invalid(errors);
  }

  private OperatorConfig.Remote remote() {
    URI baseUrl = value(Setting.CLOUD_ELEMENTS_BASE_URL, URI.class);
    List<String> allowed = list(Setting.CLOUD_ELEMENTS_ALLOWED_BASE_URLS);
    boolean bothReadable =
        failed(Setting.CLOUD_ELEMENTS_BASE_URL)
            .or(() -> failed(Setting.CLOUD_ELEMENTS_ALLOWED_BASE_URLS))
            .isEmpty();
    if (bothReadable && !runtime.allowedBaseUrl().test(allowed, baseUrl)) {
      error(
          Setting.CLOUD_ELEMENTS_BASE_URL,
          Quoted.of(baseUrl.toString())
              + " is not allowed; set it to one of "
              + String.join(", ", allowed)
              + " or add it to CLOUD_ELEMENTS_ALLOWED_BASE_URLS");
    }
    Optional<Path> caBundle = optional(Setting.CA_BUNDLE, Path.class);
    caBundle
        .filter(path -> !runtime.readableFile().test(path))
        .ifPresent(path ->
            error(
                Setting.CA_BUNDLE,
                Quoted.of(path.toString())
                    + " cannot be read; mount a PEM file there that the operator's user may"
                    + " read, or unset the variable"));
    List<String> exceptions = list(Setting.NO_PROXY);
    int ofOneAccount = value(Setting.ACCOUNT_MAX_CONCURRENT_REQUESTS, Integer.class);
    return new OperatorConfig.Remote(
        baseUrl,
        allowed,
        value(Setting.PROVISION_TIMEOUT, Duration.class),
        value(Setting.REQUEST_TIMEOUT, Duration.class),
        new OperatorConfig.CallLimits(
            ofOneAccount,
            connections(ofOneAccount),
            value(Setting.ACCOUNT_BREAKER_FAILURES, Integer.class)),
        caBundle,
        optional(Setting.HTTPS_PROXY, URI.class).map(url -> new Proxy(url, exceptions)));
  }

  /** A quarter is kept for accounts that have no call in flight, and the rest must do for one. */
  private int connections(int ofOneAccount) {
    int all = value(Setting.MAX_CONCURRENT_REQUESTS, Integer.class);
    if (ofOneAccount > all - all / 4) {
      error(
          Setting.MAX_CONCURRENT_REQUESTS,
          all
              + " leaves an account "
              + (all - all / 4)
              + ", since a quarter is kept for accounts without a call in flight, and"
              + " ACCOUNT_MAX_CONCURRENT_REQUESTS is "
              + ofOneAccount
              + "; use at least "
              + ((ofOneAccount - 1) * 4 / 3 + 1));
    }
    return all;
  }

  private Optional<OperatorConfig.TraceExport> tracing() {
    boolean propagated = value(Setting.TRACE_PROPAGATION, Boolean.class);
    return optional(Setting.OTEL_EXPORTER_OTLP_ENDPOINT, URI.class)
        .map(endpoint -> new OperatorConfig.TraceExport(endpoint, propagated));
  }

  private Optional<String> leaseNamespace() {
    Optional<String> namespace =
        optional(Setting.OPERATOR_NAMESPACE, String.class)
            .or(() -> runtime.podNamespace().map(String::strip))
            .filter(name -> !name.isEmpty());
    boolean inCluster = text("KUBERNETES_SERVICE_HOST").isPresent();
    boolean election = optional(Setting.LEADER_ELECTION, Boolean.class).orElse(inCluster);
    if (!election || failed(Setting.LEADER_ELECTION).isPresent()) {
      return Optional.empty();
    }
    if (namespace.isEmpty() && failed(Setting.OPERATOR_NAMESPACE).isEmpty()) {
      error(
          Setting.OPERATOR_NAMESPACE,
          "is not set and the pod's namespace is unknown; set it to where the Lease shall live, or"
              + " set LEADER_ELECTION=false when only one replica runs");
    }
    return namespace;
  }

  /** The value, or the default when the variable is unset or wrong. */
  private <T> T value(Setting setting, Class<T> as) {
    return optional(setting, as).orElseGet(() -> as.cast(fallback(setting)));
  }

  private <T> Optional<T> optional(Setting setting, Class<T> as) {
    return parsed(setting).map(as::cast);
  }

  private List<String> list(Setting setting) {
    Object items =
        parsed(setting)
            .orElseGet(() -> setting.defaultValue().isPresent() ? fallback(setting) : List.of());
    return ((List<?>) items).stream().map(String.class::cast).toList();
  }

  private Optional<Object> parsed(Setting setting) {
    return text(setting.name())
        .flatMap(text ->
            switch (setting.type().parse(text)) {
              case ParseResult.Value<?>(Object value) -> Optional.of(value);
              case ParseResult.Invalid<?>(String problem) -> {
                String wayOut = "; use " + setting.form().replace("`", "");
                error(setting, Quoted.of(text) + " " + problem + wayOut);
                yield Optional.empty();
              }
            });
  }

  private Object fallback(Setting setting) {
    String text = setting.defaultValue().orElseThrow();
    return switch (setting.type().parse(text)) {
      case ParseResult.Value<?>(Object value) -> value;
      case ParseResult.Invalid<?>(String problem) ->
          throw new IllegalStateException(setting + ": the default " + text + " " + problem);
    };
  }

  private Optional<String> text(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private Optional<SettingError> failed(Setting setting) {
    return errors.stream().filter(error -> error.variable().equals(setting.name())).findFirst();
  }

  private void error(Setting setting, String message) {
    errors.add(new SettingError(setting.name(), message));
  }
}
