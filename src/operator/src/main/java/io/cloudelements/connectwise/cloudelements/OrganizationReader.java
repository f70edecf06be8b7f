package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.Organization;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an organization of which only {@code id} must be there, as a number or a text (contract
 * §11). Its {@code secret} is never looked at.
 */
final class OrganizationReader {
  /** It is shown, recorded and compared, so what is not shaped like an id is none. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  private OrganizationReader() {}

  /**
   * @param scrubber knows the secrets that the service may quote
   */
  static Organization organization(JsonNode node, SecretScrubber scrubber)
      throws IllTypedAnswerException {
    if (!node.isObject()) {
      throw new IllTypedAnswerException("no organization");
    }
    JsonNode name = node.path("name");
    return new Organization(
        id(node.path("id"), scrubber),
        name.isTextual() ? scrubber.clean(name.textValue()) : Optional.empty());
  }

  private static String id(JsonNode node, SecretScrubber scrubber) throws IllTypedAnswerException {
    boolean typed =
        node.isTextual() || (node.isIntegralNumber() && node.bigIntegerValue().signum() > 0);
    String id = node.asText();
    boolean open = scrubber.clean(id).equals(Optional.of(id));
    if (!typed || !ID.matcher(id).matches() || !open) {
      throw new IllTypedAnswerException("an organization without an id");
    }
    return id;
  }
}
