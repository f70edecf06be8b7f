package io.cloudelements.connectwise.cloudelements;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which hosts are reached through the proxy. Rules as curl and Go have them: {@code *}, a host, a
 * domain (with or without a leading dot, for all below it), each with an optional port, an address,
 * or a block of addresses.
 */
final class ProxyRules {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

  private final Optional<ProxyOptions> proxy;
  private final List<Predicate<Target>> exceptions;

  private ProxyRules(Optional<ProxyOptions> proxy, List<Predicate<Target>> exceptions) {
    this.proxy = proxy;
    this.exceptions = exceptions;
  }

  private record Target(String host, int port) {}

  /**
   * @param connectTimeout for the proxy's answer
   * @throws IllegalArgumentException when the proxy's URL is of no use; the message does not repeat
   *     it, since it may hold a password
   */
  static ProxyRules of(HttpSettings.NetworkRoute route, Duration connectTimeout) {
    return new ProxyRules(
        route.httpsProxy().map(uri -> options(uri, connectTimeout)),
        route.noProxy().stream()
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .map(ProxyRules::exception)
            .toList());
  }

  /** The proxy for a host without brackets; plain http never takes one. */
  Optional<ProxyOptions> proxyFor(boolean https, String host, int port) {
    Target target = new Target(host.toLowerCase(Locale.ROOT), port);
    return proxy.filter(
        _ -> https && exceptions.stream().noneMatch(exception -> exception.test(target)));
  }

  private static ProxyOptions options(URI uri, Duration connectTimeout) {
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("the proxy must be http://host:port");
    }
    ProxyOptions options =
        new ProxyOptions()
            .setType(ProxyType.HTTP)
            .setHost(withoutBrackets(uri.getHost()))
            .setPort(uri.getPort() < 0 ? 80 : uri.getPort())
            .setConnectTimeout(connectTimeout);
    Optional.ofNullable(uri.getRawUserInfo())
        .map(info -> info.split(":", 2))
        .ifPresent(info ->
            options
                .setUsername(decoded(info[0]))
                .setPassword(info.length > 1 ? decoded(info[1]) : ""));
    return options;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Predicate<Target> exception(String entry) {
    if (entry.equals("*")) {
      return _ -> true;
    }
    if (entry.contains("/")) {
      return block(entry);
    }
    int colon = entry.lastIndexOf(':');
    boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    String host = withoutBrackets(hasPort ? entry.substring(0, colon) : entry);
    Predicate<Target> named = named(host.startsWith("*.") ? host.substring(1) : host);
    String port = hasPort ? entry.substring(colon + 1) : "";
    return hasPort ? named.and(target -> port.equals(String.valueOf(target.port()))) : named;
  }

  private static Predicate<Target> named(String host) {
    String domain = host.startsWith(".") ? host : "." + host;
    return target -> target.host().equals(host) || target.host().endsWith(domain);
  }

  private static Predicate<Target> block(String entry) {
    String[] parts = entry.split("/", 2);
    Optional<byte[]> network = address(withoutBrackets(parts[0]));
    if (network.isEmpty() || !parts[1].matches("\\d{1,3}")) {
      return _ -> false;
    }
    int hostBits = network.get().length * 8 - Integer.parseInt(parts[1]);
    return target ->
        hostBits >= 0
            && address(target.host())
                .filter(candidate -> candidate.length == network.get().length)
                .map(candidate ->
                    prefix(candidate, hostBits).equals(prefix(network.get(), hostBits)))
                .orElse(false);
  }

  private static BigInteger prefix(byte[] address, int hostBits) {
    return new BigInteger(1, address).shiftRight(hostBits);
  }

  /** The bytes of a literal address; names are not resolved. */
  private static Optional<byte[]> address(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
