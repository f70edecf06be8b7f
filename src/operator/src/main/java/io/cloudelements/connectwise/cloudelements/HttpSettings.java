package io.cloudelements.connectwise.cloudelements;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the adapter uses the network.
 *
 * @param connectTimeout for the TCP connection, the proxy's answer and the TLS handshake, each
 * @param requestTimeout deadline of every call but {@code POST} and {@code PUT} of an instance; it
 *     begins when the call has a connection, and covers the answer to its last byte
 * @param provisionTimeout deadline of {@code POST} and {@code PUT} of an instance, which take 9–26
 *     s (contract §2)
 * @param maxResponseBytes an answer's body beyond it is cut off, and the connection closed
 * @param poolSize connections per service host
 * @param maxQueued calls per service host that may wait for a connection
 * @param caBundle PEM file of certificates to trust besides the JDK's public roots
 * @param httpsProxy proxy for {@code https} base URLs, as in {@code HTTPS_PROXY}: {@code
 *     http://[user:password@]host[:port]}
 * @param noProxy hosts that are reached without it, as in {@code NO_PROXY}
 * @param userAgent sent with every request
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    Duration provisionTimeout,
    int maxResponseBytes,
    int poolSize,
    int maxQueued,
    Optional<Path> caBundle,
    Optional<URI> httpsProxy,
    List<String> noProxy,
    String userAgent) {

  /** Defaults of the settings table; neither proxy nor CA bundle. */
  public static final HttpSettings DEFAULTS =
      new HttpSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(90),
          1 << 20,
          512,
          1_024,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          "connectwise-operator");

  public HttpSettings {
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("requestTimeout", requestTimeout);
    requirePositive("provisionTimeout", provisionTimeout);
    if (maxResponseBytes < 1 || poolSize < 1 || maxQueued < 0) {
      throw new IllegalArgumentException(
          "maxResponseBytes and poolSize must be positive, maxQueued not negative");
    }
    noProxy = List.copyOf(noProxy);
  }

  /**
   * How long a call may be without a connection: what connecting, the proxy and the TLS handshake
   * may take. A call that has waited that long for others is not sent.
   */
  Duration connectionWait() {
    return connectTimeout.multipliedBy(3);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }

  /** The proxy may carry a password, so it is not printed. */
  @Override
  public String toString() {
    return "HttpSettings[requestTimeout="
        + requestTimeout
        + ", provisionTimeout="
        + provisionTimeout
        + ", proxy="
        + httpsProxy.isPresent()
        + "]";
  }
}
