package io.cloudelements.connectwise.secret;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Secret's decoded values. A line break at the end is what {@code echo} leaves behind, and no
 * value of this service ends with one; everything else is reported instead of guessed at.
 */
public final class SecretContent {
  private final String name;
  private final SortedMap<String, String> values = new TreeMap<>();
  private final SortedMap<String, String> problems = new TreeMap<>();

  private SecretContent(String name) {
    this.name = name;
  }

  public static SecretContent of(Secret secret) {
    SecretContent content = new SecretContent(secret.getMetadata().getName());
    Map<String, String> data = secret.getData();
    if (data != null) {
      data.forEach(content::decode);
    }
    return content;
  }

  private void decode(String key, String encoded) {
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      values.put(key, text);
      if (text.chars().anyMatch(Character::isISOControl)) {
        problems.put(
            key,
            "has a line break or control character; write it without (echo -n, or stringData)");
      } else if (!text.equals(text.strip())) {
        problems.put(key, "begins or ends with a space; write it without");
      }
    } catch (IllegalArgumentException e) {
      values.put(key, "");
      problems.put(key, "is not base64; use stringData, or encode it once");
    } catch (CharacterCodingException e) {
      values.put(key, "");
      problems.put(key, "is not UTF-8 text; was it encoded twice, or is it a binary file?");
    }
  }

  public String name() {
    return name;
  }

  SortedSet<String> keys() {
    return new TreeSet<>(values.keySet());
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value, unless it is absent or empty. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key))
        .filter(value -> !value.isEmpty() || problems.containsKey(key));
  }

  Optional<String> problem(String key) {
    return Optional.ofNullable(problems.get(key));
  }
}
