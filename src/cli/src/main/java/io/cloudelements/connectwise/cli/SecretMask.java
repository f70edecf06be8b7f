package io.cloudelements.connectwise.cli;

import io.fabric8.kubernetes.api.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the values of Secrets out of texts, in the spellings in which programs quote them. The
 * operator writes none of them; an archive that leaves the cluster does not rely on that.
 */
final class SecretMask {
  /** A shorter value is found in words that have nothing to do with it. */
  private static final int SHORTEST = 6;

  private static final String MASK = "********";

  private final List<String> spellings;

  private SecretMask(List<String> spellings) {
    this.spellings = spellings;
  }

  static SecretMask of(Collection<Secret> secrets) {
    List<String> spellings = new ArrayList<>();
    secrets.stream()
        .map(secret -> Optional.ofNullable(secret.getData()).orElseGet(Map::of))
        .flatMap(data -> data.values().stream())
        .flatMap(SecretMask::spellings)
        .filter(spelling -> spelling.length() >= SHORTEST)
        .distinct()
        .sorted(Comparator.comparing(String::length).reversed())
        .forEach(spellings::add);
    return new SecretMask(spellings);
  }

  private static Stream<String> spellings(String encoded) {
    try {
      String value = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
      return Stream.of(
          value,
          value.strip(),
          url,
          url.replace("+", "%20"),
          value.replace("\\", "\\\\").replace("\"", "\\\""),
          encoded,
          encoded.replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      return Stream.of(encoded);
    }
  }

  String masked(String text) {
    String masked = text;
    for (String spelling : spellings) {
      masked = masked.replace(spelling, MASK);
    }
    return masked;
  }
}
