package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every spelling in which a service is known to echo some secrets: as it is, for URLs, JSON, HTML
 * and in Base64. Case does not count.
 *
 * <p>The spellings are sorted, and a search narrows them down character by character, so that its
 * cost depends neither on how many there are nor on how long they are. Only the beginning of a long
 * one is kept: 256 entries of a kibibyte each take less than a mebibyte.
 */
final class SecretSpellings {
  /** Characters of a spelling that are compared; what begins like a longer one counts as one. */
  static final int MAX_COMPARED = 128;

  private static final int SHORTEST_INSIDE_BASE64 = 6;

  private final Set<SecretValue> secrets;

  /** Sorted and folded; made when there is a text to look at, and then kept. */
  private volatile Optional<List<String>> folded = Optional.empty();

  SecretSpellings(Collection<SecretValue> secrets) {
    this.secrets = Set.copyOf(secrets);
  }

  boolean isOf(SecretValue secret) {
    return secrets.contains(secret);
  }

  /**
   * Where the longest spelling ends that begins in a text at a position; the position itself when
   * none begins there.
   *
   * @param text {@link #fold folded}
   * @param complete false: the text goes on, and what may be the first part of a spelling is one
   */
  int endOfMatch(String text, int at, boolean complete) {
    List<String> candidates = folded();
    int low = 0;
    int high = candidates.size();
    int end = at;
    for (int length = 0; low < high; length++) {
      // the one that ends here is sorted before those that go on
      if (candidates.get(low).length() == length) {
        end = length == MAX_COMPARED ? text.length() : at + length;
        low++;
      }
      if (at + length == text.length()) {
        return low < high && !complete ? text.length() : end;
      }
      char next = text.charAt(at + length);
      low = firstFrom(candidates, low, high, length, next);
      high = firstFrom(candidates, low, high, length, next + 1);
    }
    return end;
  }

  /** The first of a range whose character at a position is not smaller than the one wanted. */
  private static int firstFrom(List<String> sorted, int from, int to, int position, int wanted) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).charAt(position) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The text without regard to case; as long as it was. */
  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .map(character -> Character.toLowerCase(Character.toUpperCase(character)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  /** Threads that come at once make the same list. */
  private List<String> folded() {
    List<String> spellings = folded.orElseGet(this::spellAll);
    folded = Optional.of(spellings);
    return spellings;
  }

  private List<String> spellAll() {
    return secrets.stream()
        .map(SecretValue::reveal)
        .filter(secret -> !secret.isBlank())
        .flatMap(SecretSpellings::spellings)
        .filter(spelling -> !spelling.isBlank())
        .map(spelling -> spelling.substring(0, Math.min(spelling.length(), MAX_COMPARED)))
        .map(SecretSpellings::fold)
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<String> spellings(String secret) {
    String urlEncoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return Stream.concat(
        Stream.of(
            secret,
            urlEncoded,
            urlEncoded.replace("+", "%20"),
            inJson(secret),
            inJson(secret).replace("/", "\\/"),
            inHtml(secret),
            SecretScrubber.withoutControls(secret),
            SecretScrubber.withoutControls(SecretScrubber.withoutMarkup(secret))),
        base64(secret.getBytes(StandardCharsets.UTF_8)));
  }

  private static Stream<String> base64(byte[] secret) {
    return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
        .flatMap(encoder ->
            Stream.concat(
                Stream.of(
                    encoder.encodeToString(secret),
                    encoder.withoutPadding().encodeToString(secret)),
                secret.length < SHORTEST_INSIDE_BASE64
                    ? Stream.of()
                    : Stream.of(0, 1, 2).map(offset -> inside(encoder, secret, offset))));
  }

  /**
   * The characters by which a secret is recognised inside the Base64 of a longer text, such as
   * {@code company+user:password}: those that depend on no neighbouring byte.
   */
  private static String inside(Base64.Encoder encoder, byte[] secret, int offset) {
    byte[] shifted = new byte[offset + secret.length];
    System.arraycopy(secret, 0, shifted, offset, secret.length);
    int firstOwn = (offset * 8 + 5) / 6;
    int endOfOwn = shifted.length * 8 / 6;
    return encoder.encodeToString(shifted).substring(firstOwn, endOfOwn);
  }

  private static String inJson(String secret) {
    return secret.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String inHtml(String secret) {
    return secret
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
