package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One spelling for each API base: lower-case scheme and host, no default port, no slash at the end,
 * and of the two hosts that serve an environment of Cloud Elements the one under {@code api.}
 * (contract §1). It tells accounts apart; calls go to the URL as the user wrote it.
 */
final class CanonicalUrl {
  private static final String API = "api.";
  private static final String CONSOLE = "console.";

  /** Environments whose API is served under both names (contract §1). */
  private static final List<String> ENVIRONMENTS =
      List.of("cloud-elements.com", "cloud-elements.co.uk");

  private CanonicalUrl() {}

  static String of(URI baseUrl) {
    return spelled(baseUrl, host(baseUrl));
  }

  /** Host, and port where it is not the default one, in the same spelling. */
  static String authority(URI baseUrl) {
    return Optional.ofNullable(URI.create(of(baseUrl)).getRawAuthority()).orElse("");
  }

  /**
   * Every spelling under which an earlier version may have recorded the account; canonical first.
   */
  static Set<String> spellings(URI baseUrl) {
    String canonical = of(baseUrl);
    String host = host(baseUrl);
    Set<String> all = new LinkedHashSet<>();
    all.add(canonical);
    all.add(baseUrl.toString());
    if (ENVIRONMENTS.stream().anyMatch(environment -> host.equals(API + environment))) {
      all.add(spelled(baseUrl, CONSOLE + host.substring(API.length())));
    }
    return all;
  }

  private static String host(URI baseUrl) {
    String host = baseUrl.getHost() == null ? "" : baseUrl.getHost().toLowerCase(Locale.ROOT);
    return ENVIRONMENTS.stream()
        .filter(environment -> host.equals(CONSOLE + environment))
        .map(environment -> API + environment)
        .findFirst()
        .orElse(host);
  }

  private static String spelled(URI baseUrl, String host) {
    if (host.isEmpty() || baseUrl.getScheme() == null) {
      return baseUrl.toString();
    }
    String scheme = baseUrl.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("http") ? 80 : 443;
    String port =
        baseUrl.getPort() < 0 || baseUrl.getPort() == usual ? "" : ":" + baseUrl.getPort();
    return scheme + "://" + host + port + BaseUrlReader.withoutTrailingSlash(baseUrl.getRawPath());
  }
}
