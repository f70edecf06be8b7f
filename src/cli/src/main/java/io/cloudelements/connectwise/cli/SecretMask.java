package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.secret.TokenSecretValues;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the values of Secrets out of texts, in the spellings in which programs quote them. The
 * operator writes none of them; an archive that leaves the cluster does not rely on that.
 */
final class SecretMask {
  /** A shorter value is found in words that have nothing to do with it. */
  private static final int SHORTEST = 6;

  private static final String MASK = "********";

  /** What resources and their status show anyway, and the token, which is masked by itself. */
  private static final Set<String> OPEN_KEYS =
      Stream.concat(
              TokenSecretValues.KEYS.stream(),
              Arrays.stream(Element.values())
                  .flatMap(element -> element.entries().stream())
                  .filter(entry -> !entry.confidential())
                  .map(Element.RequiredEntry::secretKey))
          .collect(Collectors.toSet());

  private final List<String> spellings;

  private SecretMask(List<String> spellings) {
    this.spellings = spellings;
  }

  static SecretMask of(Collection<Secret> secrets) {
    List<String> spellings = new ArrayList<>();
    secrets.stream()
        .flatMap(SecretMask::confidential)
        .flatMap(SecretMask::spellings)
        .filter(spelling -> spelling.length() >= SHORTEST)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .forEach(spellings::add);
    return new SecretMask(spellings);
  }

  /** In Base64. */
  private static Stream<String> confidential(Secret secret) {
    Map<String, String> data = Optional.ofNullable(secret.getData()).orElseGet(Map::of);
    return Stream.concat(
        data.entrySet().stream()
            .filter(entry -> !OPEN_KEYS.contains(entry.getKey()))
            .map(Map.Entry::getValue),
        TokenSecretContract.token(secret).stream()
            .map(token -> token.reveal().getBytes(StandardCharsets.UTF_8))
            .map(Base64.getEncoder()::encodeToString));
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
