package io.cloudelements.connectwise.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values that stand in for one resource's secrets and can be recognised anywhere.
 *
 * <p>Each has a core of letters and digits, which every encoding of text leaves as it is, inside of
 * characters that encodings change. A core is found in clear (and so in any URL, JSON or HTML
 * spelling), inside of Base64 of a longer text at any offset, and in hexadecimal digits.
 *
 * @param id tells resources apart: the leaking one is named
 * @param tokens of its instances, as the platform made them up
 */
record Canaries(String id, List<String> tokens) {
  private static final String CORE = "Canary";

  Canaries(String id) {
    this(id, List.of());
  }

  /** When there is an instance. */
  Canaries with(String token) {
    return new Canaries(id, List.of(token));
  }

  String user() {
    return core("User") + "+/ab==";
  }

  String organization() {
    return core("Organization");
  }

  String password() {
    return core("Password") + "&<é>\"'\\%+";
  }

  /** A raw entry of the configuration. */
  String signatureKey() {
    return core("Signature") + "/+==";
  }

  private String core(String kind) {
    return CORE + kind + id;
  }

  /** What the operator holds secret, in clear. */
  List<String> values() {
    return Stream.concat(
            tokens.stream(), Stream.of(user(), organization(), password(), signatureKey()))
        .toList();
  }

  /** The same in the spellings in which services are known to echo. */
  List<String> spellings() {
    return Stream.concat(values().stream(), Stream.of("acme+api1:" + password()))
        .flatMap(Canaries::spellings)
        .distinct()
        .toList();
  }

  private static Stream<String> spellings(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    String url = URLEncoder.encode(value, UTF_8);
    return Stream.of(
        value,
        url,
        url.replace("+", "%20"),
        Base64.getEncoder().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The lines of a text in which a secret can be found, the platform's tokens included. */
  static List<String> leaks(String text, List<String> tokens) {
    List<String> needles = new ArrayList<>(needles(CORE));
    tokens.forEach(token -> needles.addAll(needles(token)));
    List<String> lowered = needles.stream().map(needle -> needle.toLowerCase(Locale.ROOT)).toList();
    return text.lines()
        .filter(line -> {
          String lower = line.toLowerCase(Locale.ROOT);
          return lowered.stream().anyMatch(lower::contains);
        })
        .toList();
  }

  private static List<String> needles(String secret) {
    return Stream.concat(
            Stream.of(
                secret,
                URLEncoder.encode(secret, UTF_8),
                HexFormat.of().formatHex(secret.getBytes(UTF_8))),
            IntStream.range(0, 3).mapToObj(offset -> insideBase64(secret, offset)))
        .toList();
  }

  /** The characters of Base64 that depend on this text alone, when so many bytes are before it. */
  private static String insideBase64(String secret, int offset) {
    byte[] padded = new byte[offset + secret.length()];
    System.arraycopy(secret.getBytes(UTF_8), 0, padded, offset, secret.length());
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
    return encoded.substring((offset * 8 + 5) / 6, padded.length * 8 / 6);
  }
}
