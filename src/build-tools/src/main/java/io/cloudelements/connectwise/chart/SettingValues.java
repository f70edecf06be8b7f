package io.cloudelements.connectwise.chart;

import io.cloudelements.connectwise.config.Setting;
import io.cloudelements.connectwise.config.SettingSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which value of the chart each of the operator's settings comes from. */
final class SettingValues {
  private SettingValues() {}

  /**
   * The value that a user sets. Those that the chart needs for more than the variable have places
   * of their own; the others are under {@code settings}, in camel case.
   */
  static String placeOf(Setting setting) {
    return switch (setting) {
      case WATCH_NAMESPACES -> "watchNamespaces";
      case WATCH_LABEL_SELECTOR -> "watchLabelSelector";
      case SECRETS_WATCH -> "secrets.watch";
      case ACCOUNT_NAMESPACE_SELECTORS -> "accounts.namespaceSelectors";
      case LEADER_ELECTION -> "leaderElection";
      case OPERATOR_NAMESPACE -> "the release's namespace";
      case CA_BUNDLE -> "caBundle";
      case HTTPS_PROXY -> "proxy.url or proxy.secret";
      case NO_PROXY -> "proxy.exceptions";
      case CLOUD_ELEMENTS_BASE_URL,
          CLOUD_ELEMENTS_ALLOWED_BASE_URLS,
          CLUSTER_NAME,
          RESYNC_INTERVAL,
          PROVISION_TIMEOUT,
          REQUEST_TIMEOUT,
          ACCOUNT_MAX_CONCURRENT_REQUESTS,
          MAX_CONCURRENT_REQUESTS,
          ACCOUNT_BREAKER_FAILURES,
          OPERATING_MODE,
          MASS_DISAPPEARANCE_LIMIT,
          MASS_DELETION_LIMIT,
          ORPHAN_SCAN_INTERVAL,
          AUDIT_LOGS,
          HTTP_PORT,
          LOG_FORMAT,
          LOG_LEVEL,
          OTEL_EXPORTER_OTLP_ENDPOINT,
          TRACE_PROPAGATION ->
          "settings." + camelCase(setting);
    };
  }

  /** The members of {@code settings}, in the order of the table. */
  static List<ChartValue> all() {
    return Arrays.stream(Setting.values())
        .filter(setting -> placeOf(setting).startsWith("settings."))
        .<ChartValue>map(SettingValues::value)
        .toList();
  }

  /**
   * A template that knows every variable's value, as JSON: what {@code extraEnv} may not set, and
   * what to set instead.
   */
  static String template() {
    Map<String, String> places = new TreeMap<>();
    Arrays.stream(Setting.values())
        .forEach(setting -> places.put(setting.name(), placeOf(setting)));
    StringBuilder text =
        new StringBuilder(
                "{{/* Generated from the operator's table of settings; do not edit. */}}\n")
            .append("{{- define \"connectwise-operator.settingValues\" -}}\n");
    places.forEach((variable, place) -> text.append("%s: %s\n".formatted(variable, place)));
    return text.append("{{- end }}\n").toString();
  }

  private static ChartValue value(Setting setting) {
    var schema = SettingSchema.of(setting);
    if (setting == Setting.HTTP_PORT) {
      schema.put("minimum", 1);
    }
    String example =
        setting
            .defaultValue()
            .map(text -> isList(setting) ? "\n  - " + text.replace(",", "\n  - ") : text)
            .orElse("\"\"");
    return new ChartValue.Optional(camelCase(setting), meaning(setting), schema, example);
  }

  private static boolean isList(Setting setting) {
    return SettingSchema.of(setting).path("type").asText().equals("array");
  }

  private static String meaning(Setting setting) {
    String meaning = setting.meaning().split("; `0`")[0]; // no free port: probes have to know it
    String fallback =
        setting.defaultValue().isPresent() ? "" : " Default: " + setting.defaultText() + ".";
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + "." + fallback;
  }

  private static String camelCase(Setting setting) {
    String[] words = setting.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (String word : List.of(words).subList(1, words.length)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.toString();
  }
}
