package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.instance.Redacted;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The readings of URLs that settings need. */
final class Urls {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");
  private static final Pattern BLOCK_OR_PORT = Pattern.compile("/[0-9]+$|:[0-9]+$");
  private static final Pattern WILDCARD_LABEL = Pattern.compile("(?<=://|\\.)\\*(?=\\.)");

  private Urls() {}

  /** The URL without a slash at its end. */
  static Optional<URI> base(String text) {
    return parse(text.replaceFirst("/+$", ""))
        .filter(url -> isHttp(url, true) && url.getRawUserInfo() == null)
        .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null);
  }

  /** Whether putting a label for each {@code *} makes a base URL of the text. */
  static boolean isBasePattern(String text) {
    String example = WILDCARD_LABEL.matcher(text).replaceAll(Matcher.quoteReplacement("x"));
    return !example.contains("*") && base(example).isPresent();
  }

  /** A proxy without exceptions. As in Go, {@code host:port} alone means {@code http}. */
  static Optional<Proxy> proxy(String text) {
    return parse(SCHEME.matcher(text).matches() ? text : "http://" + text)
        .filter(url -> isHttp(url, false))
        .filter(url -> url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
        .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null)
        .map(url ->
            new Proxy(
                url.getHost(),
                url.getPort() < 0 ? 80 : url.getPort(),
                Optional.ofNullable(url.getRawUserInfo()).map(Urls::credentials),
                List.of()));
  }

  /**
   * One entry of {@code NO_PROXY} as patterns. An address block becomes a pattern that matches no
   * host: Cloud Elements is reached by name.
   */
  static Stream<String> proxyExceptions(String entry) {
    String host = BLOCK_OR_PORT.matcher(entry).replaceFirst("");
    if (host.equals("*")) {
      return Stream.of("*");
    }
    return host.startsWith(".") || host.startsWith("*.")
        ? Stream.of("*" + host.substring(host.indexOf('.')))
        : Stream.of(host, "*." + host);
  }

  private static Proxy.Credentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new Proxy.Credentials(decode(user), Redacted.of(decode(password)));
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static boolean isHttp(URI url, boolean secureToo) {
    return url.getHost() != null
        && url.getPort() <= 65_535
        && ("http".equalsIgnoreCase(url.getScheme())
            || (secureToo && "https".equalsIgnoreCase(url.getScheme())));
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      // what was wrong at which index says less than the shape that is expected
      return Optional.empty();
    }
  }
}
