package io.cloudelements.connectwise.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The JSON schema of a setting's value in the chart. It refuses what cannot be meant; bounds of
 * durations and the like are the operator's, which checks them at start.
 */
public final class SettingSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DURATION = "([0-9]+([.][0-9]+)?(ms|[hms]))+";
  private static final String BASE_URL = "^https?://[^/?#@\\s]+(/[^?#\\s]*)?$";

  private SettingSchema() {}

  public static ObjectNode of(Setting setting) {
    return switch (setting.type()) {
      case SettingType.Span span ->
          text(span.zeroMeansNever() ? "^(0|%s)$".formatted(DURATION) : "^%s$".formatted(DURATION));
      case SettingType.WholeNumber number ->
          ofType("integer").put("minimum", number.least()).put("maximum", number.most());
      case SettingType.Flag _ -> ofType("boolean");
      case SettingType.Choice<?> choice -> choice(choice.words());
      case SettingType.Text text -> text("^%s$".formatted(text.shape().pattern()));
      case SettingType.Names _ ->
          list(text("^%s$".formatted(SettingType.Text.DNS_LABEL.pattern())));
      case SettingType.BaseUrl _ -> text(BASE_URL);
      case SettingType.BaseUrlPatterns _ -> list(text(BASE_URL));
      case SettingType.ProxyExceptions _ -> list(text("^[^,\\s]+$"));
      case SettingType.LabelSelector _ -> ofType("string");
      case SettingType.FilePath _ -> text("^/");
      case SettingType.ProxyUrl _ -> text("^http://[^/\\s]+/?$");
    };
  }

  private static ObjectNode choice(List<String> words) {
    ObjectNode schema = ofType("string");
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }

  private static ObjectNode list(ObjectNode items) {
    ObjectNode schema = ofType("array").put("uniqueItems", true);
    schema.set("items", items);
    return schema;
  }

  private static ObjectNode text(String pattern) {
    return ofType("string").put("pattern", pattern);
  }

  private static ObjectNode ofType(String type) {
    return JSON.objectNode().put("type", type);
  }
}
