package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.ProvisioningWindow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the adapter uses the network.
 *
 * @param userAgent sent with every request
 */
public record HttpSettings(
    Timeouts timeouts, CallBounds bounds, NetworkRoute route, String userAgent) {

  /**
   * How long a call may take.
   *
   * @param connect for the TCP connection, the proxy's answer and the TLS handshake, each
   * @param request deadline of every call but {@code POST} and {@code PUT} of an instance; it
   *     begins when the call has a connection, and covers the answer to its last byte
   * @param provision deadline of {@code POST} and {@code PUT} of an instance, which take 9–26 s
   *     (contract §2)
   */
  public record Timeouts(Duration connect, Duration request, Duration provision) {
    public Timeouts {
      requirePositive("connect", connect);
      requirePositive("request", request);
      requirePositive("provision", provision);
    }

    /**
     * How long a call may be without a connection: what connecting, the proxy and the TLS handshake
     * may take. A call that has waited that long for others is not sent.
     */
    Duration connectionWait() {
      return connect.multipliedBy(3);
    }

    private static void requirePositive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive");
      }
    }
  }

  /**
   * What calls may use.
   *
   * @param responseBytes an answer's body beyond it is cut off, and the connection closed
   * @param poolSize connections per service host
   * @param queued calls per service host that may wait for a connection
   */
  public record CallBounds(int responseBytes, int poolSize, int queued) {
    public CallBounds {
      if (responseBytes < 1 || poolSize < 1 || queued < 0) {
        throw new IllegalArgumentException(
            "responseBytes and poolSize must be positive, queued not negative");
      }
    }
  }

  /**
   * The way to the service.
   *
   * @param caBundle PEM file of certificates to trust besides the JDK's public roots
   * @param httpsProxy proxy for {@code https} base URLs, as in {@code HTTPS_PROXY}: {@code
   *     http://[user:password@]host[:port]}
   * @param noProxy hosts that are reached without it, as in {@code NO_PROXY}
   */
  public record NetworkRoute(
      Optional<Path> caBundle, Optional<URI> httpsProxy, List<String> noProxy) {
    public static final NetworkRoute DIRECT =
        new NetworkRoute(Optional.empty(), Optional.empty(), List.of());

    public NetworkRoute {
      noProxy = List.copyOf(noProxy);
    }

    /** The proxy may carry a password, so it is not printed. */
    @Override
    public String toString() {
      return "Route[proxy=" + httpsProxy.isPresent() + "]";
    }
  }

  /** Defaults of the settings table; neither proxy nor CA bundle. */
  public static final HttpSettings DEFAULTS =
      new HttpSettings(
          new Timeouts(
              Duration.ofSeconds(5), Duration.ofSeconds(15), ProvisioningWindow.DEFAULT_DEADLINE),
          new CallBounds(1 << 20, 512, 1_024),
          NetworkRoute.DIRECT,
          "connectwise-operator");
}
