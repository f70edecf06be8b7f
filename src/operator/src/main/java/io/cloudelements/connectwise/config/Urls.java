package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.instance.BaseUrlReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The readings of URLs that settings need. */
final class Urls {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");
  private static final Pattern WILDCARD_LABEL = Pattern.compile("(?<=://|\\.)\\*(?=\\.)");

  private Urls() {}

  /** The URL without a slash at its end. */
  static Optional<URI> base(String text) {
    return BaseUrlReader.parse(text)
        .filter(url -> isHttp(url, true) && url.getRawUserInfo() == null)
        .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null);
  }

  /** Whether putting a label for each {@code *} makes a base URL of the text. */
  static boolean isBasePattern(String text) {
    String example = WILDCARD_LABEL.matcher(text).replaceAll(Matcher.quoteReplacement("x"));
    return !example.contains("*") && base(example).isPresent();
  }

  /** The URL of an HTTP proxy. As in Go, {@code host:port} alone means {@code http}. */
  static Optional<URI> proxy(String text) {
    return parse(SCHEME.matcher(text).matches() ? text : "http://" + text)
        .filter(url -> isHttp(url, false))
        .filter(url -> url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
        .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null);
  }

  private static boolean isHttp(URI url, boolean secureToo) {
    return url.getHost() != null
        && !url.getHost().endsWith(".")
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
