package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The API bases that an account's secrets may be sent to. A resource names its base URL itself, so
 * without this list a user who may write a resource but not read a Secret could send its values to
 * any host.
 *
 * <p>A pattern is a base URL; {@code *} as a whole host label stands for one or more labels.
 * Scheme, host and port must be equal (default ports count as given), the path exactly so but for a
 * trailing slash. {@code http} is allowed only by a pattern that says {@code http://}.
 */
public final class AllowedBaseUrls {

  private final List<Rule> rules;

  private AllowedBaseUrls(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * The list made of these patterns.
   *
   * @throws IllegalArgumentException when {@link #problems} finds any; its message names all
   */
  public static AllowedBaseUrls parse(List<String> patterns) {
    List<String> problems = problems(patterns);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new AllowedBaseUrls(patterns.stream().map(Rule::of).toList());
  }

  /** What is wrong with these patterns, one sentence for each bad one; empty when all are good. */
  public static List<String> problems(List<String> patterns) {
    return patterns.stream().flatMap(pattern -> Rule.problem(pattern).stream()).toList();
  }

  /** Whether an account's secrets may be sent to this API base. */
  public boolean permits(URI baseUrl) {
    return Place.of(baseUrl)
        .map(place -> rules.stream().anyMatch(rule -> rule.matches(place)))
        .orElse(false);
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("http") ? 80 : 443;
  }

  /** One slash and no more, other than {@link BaseUrlReader}: what is allowed is as it is given. */
  private static String withoutTrailingSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Scheme, host, port and path of a base URL that has nothing else. */
  private record Place(String scheme, String host, int port, String path) {

    static Optional<Place> of(URI uri) {
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme == null
          || host == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        return Optional.empty();
      }
      String lowerScheme = scheme.toLowerCase(Locale.ROOT);
      return Optional.of(
          new Place(
              lowerScheme,
              host.toLowerCase(Locale.ROOT),
              uri.getPort() < 0 ? defaultPort(lowerScheme) : uri.getPort(),
              withoutTrailingSlash(uri.getRawPath())));
    }
  }

  private record Rule(String scheme, Pattern host, int port, String path) {
    private static final Pattern SHAPE =
        Pattern.compile(
            "(?<scheme>https?)://(?<host>[^/?#@:\\[\\]]+|\\[[0-9a-f:.]+])(:(?<port>\\d{1,5}))?"
                + "(?<path>/[^?#\\s]*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    private static final Pattern HOST =
        Pattern.compile(
            "(\\*|" + LABEL + ")(\\.(\\*|" + LABEL + "))*|\\[.*]", Pattern.CASE_INSENSITIVE);
    private static final String ONE_OR_MORE_LABELS = LABEL + "(\\." + LABEL + ")*";

    static Optional<String> problem(String pattern) {
      if (USER_INFO.matcher(pattern).find()) {
        // not repeated: it may hold a password
        return Optional.of("an allowed base URL must not have user info");
      }
      if (pattern.contains("?") || pattern.contains("#")) {
        return Optional.of("'" + pattern + "' must have neither query nor fragment");
      }
      Matcher shape = SHAPE.matcher(pattern);
      if (!shape.matches()) {
        return Optional.of(
            "'" + pattern + "' must be like https://api.example.com/elements/api-v2");
      }
      if (!HOST.matcher(shape.group("host")).matches() || pathOf(shape).contains("*")) {
        return Optional.of(
            "'" + pattern + "' may have * only in place of whole labels of the host");
      }
      if (portOf(shape) > 65_535) {
        return Optional.of("'" + pattern + "' must have a port up to 65535");
      }
      return Optional.empty();
    }

    static Rule of(String pattern) {
      Matcher shape = SHAPE.matcher(pattern);
      if (!shape.matches()) {
        throw new IllegalArgumentException("not a pattern");
      }
      return new Rule(
          schemeOf(shape),
          hostPattern(shape.group("host").toLowerCase(Locale.ROOT)),
          portOf(shape),
          withoutTrailingSlash(pathOf(shape)));
    }

    private static String schemeOf(Matcher shape) {
      return shape.group("scheme").toLowerCase(Locale.ROOT);
    }

    private static int portOf(Matcher shape) {
      String port = shape.group("port");
      return port == null ? defaultPort(schemeOf(shape)) : Integer.parseInt(port);
    }

    private static String pathOf(Matcher shape) {
      return Objects.requireNonNullElse(shape.group("path"), "");
    }

    private static Pattern hostPattern(String host) {
      return Pattern.compile(
          Arrays.stream(host.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(ONE_OR_MORE_LABELS)));
    }

    boolean matches(Place place) {
      return scheme.equals(place.scheme())
          && port == place.port()
          && path.equals(place.path())
          && host.matcher(place.host()).matches();
    }
  }
}
