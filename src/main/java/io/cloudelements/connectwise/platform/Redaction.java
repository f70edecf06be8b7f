package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Redacted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the service's words fit for a condition, an event or a log: the secrets of the call are
 * replaced in every spelling in which a service is known to echo them, markup and control
 * characters go, and the length is bounded. ConnectWise's own text reaches the user verbatim
 * otherwise (contract §6), and providers do quote credentials. One is for one call and its thread.
 */
final class Redaction {
  /** Characters that are kept of one text. */
  static final int MAX_LENGTH = 300;

  private static final int SHORTEST_INSIDE_BASE64 = 6;
  private static final Pattern MARKUP = Pattern.compile("<[^<>]*>|[<>]");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

  private final Set<String> secrets;

  /** Of all spellings of all secrets; made when there is a text to look at, and then kept. */
  private Optional<Pattern> anySpelling = Optional.empty();

  private Redaction(Set<String> secrets) {
    this.secrets = secrets;
  }

  static Redaction of(Collection<Redacted> secrets) {
    return new Redaction(
        secrets.stream()
            .map(Redacted::reveal)
            .filter(secret -> !secret.isBlank())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** This redaction for an answer that contains another secret, such as a token. */
  Redaction and(Redacted secret) {
    Set<String> all = new LinkedHashSet<>(secrets);
    if (!secret.reveal().isBlank()) {
      all.add(secret.reveal());
    }
    return new Redaction(all);
  }

  /** The text, fit to be shown; empty when nothing readable is left. */
  Optional<String> clean(String text) {
    // before the markup goes, which may be a part of a password, and after, since it may hide one
    String masked = mask(text);
    String plain = UNPRINTABLE.matcher(MARKUP.matcher(masked).replaceAll(" ")).replaceAll(" ");
    String shown = (plain.equals(masked) ? masked : mask(plain)).strip();
    return shown.isEmpty() ? Optional.empty() : Optional.of(bounded(shown));
  }

  private String mask(String text) {
    if (secrets.isEmpty()) {
      return text;
    }
    Pattern pattern = anySpelling.orElseGet(this::pattern);
    anySpelling = Optional.of(pattern);
    return pattern.matcher(text).replaceAll(Configuration.MASK);
  }

  private Pattern pattern() {
    // longest first, so that no part of a longer spelling stays behind
    String alternatives =
        secrets.stream()
            .flatMap(Redaction::spellings)
            .filter(spelling -> !spelling.isBlank())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
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
            UNPRINTABLE.matcher(secret).replaceAll(" "),
            UNPRINTABLE.matcher(MARKUP.matcher(secret).replaceAll(" ")).replaceAll(" ")),
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

  private static String bounded(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = MAX_LENGTH - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
