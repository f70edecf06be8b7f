package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the generated Secret tells of an instance.
 *
 * @param uri the API base
 * @param application secrets of the account for the placeholders that hold them; empty where an
 *     application may not have them
 */
public record TokenSecretValues(
    long instanceId,
    SecretValue token,
    Element element,
    String name,
    URI uri,
    Optional<ApplicationSecrets> application) {
  static final String TOKEN = "token";
  static final String INSTANCE_ID = "instance-id";

  /** Keys whose values are in the status or the spec as well. */
  static final List<String> OPEN_KEYS =
      List.of("type", "provider", INSTANCE_ID, "element-key", "hub", "uri");

  /** Every key that a generated Secret has; a template may have no such key. */
  public static final List<String> KEYS =
      List.of("type", "provider", TOKEN, INSTANCE_ID, "element-key", "hub", "uri");

  /**
   * The Secret's data in plain text; empty when its values together have more bytes than they may.
   */
  Optional<Map<String, String>> data(Map<String, String> template, long mostBytes) {
    Map<String, String> data = fixed();
    long left = mostBytes - data.values().stream().mapToLong(TokenSecretValues::bytes).sum();
    for (Map.Entry<String, String> text : template.entrySet()) {
      Optional<String> expanded = new TemplateText(text.getValue()).expanded(this::value, left);
      if (expanded.isEmpty()) {
        return Optional.empty();
      }
      data.putIfAbsent(text.getKey(), expanded.get());
      left -= bytes(expanded.get());
    }
    return left < 0 ? Optional.empty() : Optional.of(data);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** What every generated Secret has. */
  private Map<String, String> fixed() {
    Map<String, String> data = new TreeMap<>();
    data.put("type", "connectwise");
    data.put("provider", "cloud-elements");
    data.put(TOKEN, token.reveal());
    data.put(INSTANCE_ID, Long.toString(instanceId));
    data.put("element-key", element.key());
    data.put("hub", element.hub().key());
    data.put("uri", uri.toString());
    return data;
  }

  private Optional<String> value(TemplatePlaceholder placeholder) {
    return switch (placeholder) {
      case TOKEN -> Optional.of(token.reveal());
      case INSTANCE_ID -> Optional.of(Long.toString(instanceId));
      case ELEMENT_KEY -> Optional.of(element.key());
      case HUB -> Optional.of(element.hub().key());
      case NAME -> Optional.of(name);
      case URI -> Optional.of(uri.toString());
      case USER_SECRET -> application.map(secrets -> secrets.userSecret().reveal());
      case ORGANIZATION_SECRET -> application.map(secrets -> secrets.organizationSecret().reveal());
      case AUTHORIZATION ->
          application.map(secrets ->
              "User %s, Organization %s, Element %s"
                  .formatted(
                      secrets.userSecret().reveal(),
                      secrets.organizationSecret().reveal(),
                      token.reveal()));
    };
  }
}
