package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Configuration;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text of the API server, which may quote the generated Secret that it refused, without that
 * Secret's values.
 */
public final class QuotedSecret {
  /** A shorter value of a template is no secret, and would be found in any text. */
  private static final int SHORTEST_VALUE = 4;

  /**
   * A part of a value that may be a secret: a value of several lines, or with quotation marks, is
   * quoted with escapes in it.
   */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/=_.~-]{8,}");

  private QuotedSecret() {}

  /** The text with stars for every value, plain, encoded or in parts, that must not be shown. */
  public static String masked(String text, Secret secret) {
    Map<String, String> data = Optional.ofNullable(secret.getData()).orElseGet(Map::of);
    String shown = text;
    // the longest first: of a value that holds another one, nothing may be left
    for (String hidden :
        data.keySet().stream()
            .filter(key -> !TokenSecretValues.OPEN_KEYS.contains(key))
            .flatMap(key -> spellings(key, secret))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      shown = shown.replace(hidden, Configuration.MASK);
    }
    return shown;
  }

  private static Stream<String> spellings(String key, Secret secret) {
    int shortest = key.equals(TokenSecretValues.TOKEN) ? 1 : SHORTEST_VALUE;
    String plain = SecretContent.of(secret).value(key).orElse("");
    return Stream.concat(
        Stream.of(plain, secret.getData().get(key)).filter(value -> value.length() >= shortest),
        WORD.matcher(plain).results().map(MatchResult::group));
  }
}
