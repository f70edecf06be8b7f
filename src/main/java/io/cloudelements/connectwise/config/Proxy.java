package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.instance.Redacted;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP proxy for calls to Cloud Elements.
 *
 * @param credentials for {@code Proxy-Authorization}, when the URL names a user
 * @param exceptions host patterns that are reached directly, {@code *} standing for any text: the
 *     entry {@code example.com} of {@code NO_PROXY} has become {@code example.com} and {@code
 *     *.example.com}, as Go reads it
 */
public record Proxy(
    String host, int port, Optional<Credentials> credentials, List<String> exceptions) {
  public Proxy {
    exceptions = List.copyOf(exceptions);
  }

  Proxy withExceptions(List<String> patterns) {
    return new Proxy(host, port, credentials, patterns);
  }

  /** A user of the proxy. */
  public record Credentials(String user, Redacted password) {}
}
