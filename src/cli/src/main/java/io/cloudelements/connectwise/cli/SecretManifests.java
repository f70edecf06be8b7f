package io.cloudelements.connectwise.cli;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Secrets as the API server would store them. */
final class SecretManifests {
  private SecretManifests() {}

  /** {@code stringData} becomes {@code data}, and wins. */
  static Secret stored(Manifest manifest) {
    Secret secret = manifest.as(Secret.class);
    Map<String, String> data = new TreeMap<>();
    if (secret.getData() != null) {
      data.putAll(secret.getData());
    }
    if (secret.getStringData() != null) {
      secret.getStringData().forEach((key, value) -> data.put(key, encoded(value)));
    }
    secret.setData(data);
    return secret;
  }

  static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
