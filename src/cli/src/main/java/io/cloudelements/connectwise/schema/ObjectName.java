package io.cloudelements.connectwise.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** The API server's rule for {@code metadata.name} of every kind. */
final class ObjectName {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int LIMIT = 253;

  private ObjectName() {}

  static Optional<SchemaViolation> violation(JsonNode manifest) {
    JsonNode name = manifest.at("/metadata/name");
    if (name.asText().isEmpty()) {
      return manifest.at("/metadata/generateName").asText().isEmpty()
          ? Optional.of(
              new SchemaViolation(
                  "metadata.name: Required value: name or generateName is required", true))
          : Optional.empty();
    }
    if (name.asText().length() > LIMIT) {
      return Optional.of(
          SchemaViolation.invalid(
              "metadata.name", name, "must be no more than " + LIMIT + " characters"));
    }
    return SUBDOMAIN.matcher(name.asText()).matches()
        ? Optional.empty()
        : Optional.of(
            SchemaViolation.invalid(
                "metadata.name",
                name,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                    + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"));
  }
}
