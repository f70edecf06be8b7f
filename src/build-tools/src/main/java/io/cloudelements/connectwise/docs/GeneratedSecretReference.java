package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.secret.TemplatePlaceholder;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.secret.TokenSecretValues;

/** The section of {@code docs/api.md} about the Secret that applications read. */
final class GeneratedSecretReference {
  private GeneratedSecretReference() {}

  static String render() {
    return keys() + template();
  }

  private static String keys() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ## Keys of the generated Secret

        Its type is `%s`, and it belongs to the resource. These keys are always there:

        | key | value |
        |---|---|
        """
            .formatted(TokenSecretContract.TYPE));
    TokenSecretValues.KEYS.forEach(
        key -> text.append("| `%s` | %s |\n".formatted(key, value(key))));
    return text.toString();
  }

  private static String template() {
    StringBuilder text = new StringBuilder();
    text.append(
        """

        `tokenSecret.template` adds keys, so that an application can use the Secret as it is: as environment variables, or as files of a volume.

        ```yaml
        tokenSecret:
          template:
            AUTHORIZATION: $(authorization)
            INCIDENTS: $(uri)/hubs/$(hub)/incidents
        ```

        | placeholder | value |
        |---|---|
        """);
    for (TemplatePlaceholder placeholder : TemplatePlaceholder.values()) {
      text.append("| `%s` | %s |\n".formatted(placeholder.reference(), value(placeholder)));
    }
    text.append(
        """

        As in the `args` of a container, `$$(` is a literal `$(`, and what a value holds is not expanded again. Another name is
        refused when the resource is applied. The Secret follows its template at once: changed texts and rotated secrets are written
        anew, and keys that the template no longer has go. Of a ready resource this costs no call to Cloud Elements. All values together may have %d KiB (`TemplateRefused`). The last three
        placeholders open the account: a user who may read a Secret with them can do all that the account's user can.

        """
            .formatted(TokenSecretContract.MAX_KIB));
    return text.toString();
  }

  private static String value(String key) {
    return switch (key) {
      case "type" -> "`connectwise`";
      case "provider" -> "`cloud-elements`";
      case "token" -> "the instance's token";
      case "instance-id" -> "its id, as in `status.instanceId`";
      case "element-key" -> "such as `connectwisehd`";
      case "hub" -> "`helpdesk` or `crm`";
      case "uri" -> "the API base, without a slash at its end";
      default -> throw new IllegalArgumentException("no words for the key " + key);
    };
  }

  private static String value(TemplatePlaceholder placeholder) {
    return switch (placeholder) {
      case TOKEN -> "as under `token`";
      case INSTANCE_ID -> "as under `instance-id`";
      case ELEMENT_KEY -> "as under `element-key`";
      case HUB -> "as under `hub`";
      case NAME -> "the instance's name on Cloud Elements";
      case URI -> "as under `uri`";
      case USER_SECRET ->
          "a user secret of the account: from the resource's own Secrets, or that of the account's"
              + " `applicationUser`";
      case ORGANIZATION_SECRET -> "the organization secret, from the same place";
      case AUTHORIZATION ->
          "a whole `Authorization` header: `User …, Organization …, Element …`, with both secrets"
              + " and the token";
    };
  }
}
