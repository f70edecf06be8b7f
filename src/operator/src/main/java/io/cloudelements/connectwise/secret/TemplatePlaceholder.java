package io.cloudelements.connectwise.secret;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a text of {@code spec.tokenSecret.template} may name. The set is fixed: the API server
 * refuses any other name.
 */
public enum TemplatePlaceholder {
  TOKEN("token"),
  INSTANCE_ID("instanceId"),
  ELEMENT_KEY("elementKey"),
  HUB("hub"),
  NAME("name"),
  URI("uri"),
  USER_SECRET("userSecret"),
  ORGANIZATION_SECRET("organizationSecret"),
  /** The header's whole value (contract §1). */
  AUTHORIZATION("authorization");

  private final String key;

  TemplatePlaceholder(String key) {
    this.key = key;
  }

  /** The name between the brackets. */
  public String key() {
    return key;
  }

  /** As it is written in a text. */
  public String reference() {
    return "$(" + key + ")";
  }

  /** Whether it holds a secret of the account, and not only of the instance. */
  public boolean opensAccount() {
    return switch (this) {
      case USER_SECRET, ORGANIZATION_SECRET, AUTHORIZATION -> true;
      case TOKEN, INSTANCE_ID, ELEMENT_KEY, HUB, NAME, URI -> false;
    };
  }

  /** All of them as they are written, for messages. */
  public static String references() {
    return Arrays.stream(values())
        .map(TemplatePlaceholder::reference)
        .collect(Collectors.joining(", "));
  }
}
