package io.cloudelements.connectwise.config;

import java.net.URI;
import java.util.List;

/**
 * The HTTP proxy for calls to Cloud Elements.
 *
 * @param url scheme {@code http}, host, maybe port, user and password
 * @param exceptions entries of {@code NO_PROXY}: hosts, domains, addresses and blocks of them
 */
public record Proxy(URI url, List<String> exceptions) {
  public Proxy {
    exceptions = List.copyOf(exceptions);
  }

  /** Without the URL's user and password. */
  @Override
  public String toString() {
    return "Proxy[" + url.getHost() + ":" + url.getPort() + ", exceptions=" + exceptions + "]";
  }
}
