package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads the base URL of an API, which may be written with or without a slash at its end. */
public final class BaseUrlReader {
  private BaseUrlReader() {}

  /**
   * The URL without a slash at its end.
   *
   * @return empty when it is no URL
   */
  public static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(withoutTrailingSlash(text)));
    } catch (URISyntaxException e) {
      // what was wrong at which index says less than the shape that is expected
      return Optional.empty();
    }
  }

  /** A URL, or the path of one, to which another path can be appended. */
  public static String withoutTrailingSlash(String text) {
    return text.replaceFirst("/+$", "");
  }
}
