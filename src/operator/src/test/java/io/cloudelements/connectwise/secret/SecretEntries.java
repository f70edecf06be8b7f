package io.cloudelements.connectwise.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Values of Secrets as the API server has them, from plain text. */
public final class SecretEntries {
  private SecretEntries() {}

  public static Map<String, String> encoded(Map<String, String> plain) {
    Map<String, String> data = new TreeMap<>();
    plain.forEach((key, value) -> data.put(key, encoded(value)));
    return data;
  }

  public static String encoded(String plain) {
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
