package io.cloudelements.connectwise.operator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Secrets as people write and read them. */
final class SecretTexts {
  private SecretTexts() {}

  static String manifest(String secret, Map<String, String> keys) {
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData:\n".formatted(secret)
        + keys.entrySet().stream()
            .map(key -> "  %s: \"%s\"\n".formatted(key.getKey(), key.getValue()))
            .collect(Collectors.joining());
  }

  static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
