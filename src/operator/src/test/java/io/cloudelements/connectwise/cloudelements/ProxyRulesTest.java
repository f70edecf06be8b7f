package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRulesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @ParameterizedTest
  @CsvSource({
    "*, api.example.com, false",
    "api.example.com, api.example.com, false",
    "API.Example.COM, api.example.com, false",
    "example.com, api.example.com, false",
    ".example.com, api.example.com, false",
    "*.example.com, api.example.com, false",
    "example.com, notexample.com, true",
    "api.example.com, example.com, true",
    "api.example.com:443, api.example.com, false",
    "api.example.com:8443, api.example.com, true",
    "10.1.2.3, 10.1.2.3, false",
    "10.0.0.0/8, 10.1.2.3, false",
    "10.0.0.0/8, 11.1.2.3, true",
    "10.0.0.0/8, api.example.com, true",
    "10.0.0.0/33, 10.0.0.0, true",
    "fd00::/8, fd12::1, false",
    "::1, ::1, false",
    "[::1]:443, ::1, false",
    "nonsense/x, 10.1.2.3, true"
  })
  void noProxyMatchesAsInCurlAndGo(String rule, String host, boolean proxied) {
    // Given
    ProxyRules rules = rules("http://proxy:3128", List.of("", " other.test ", rule));
    // When
    boolean viaProxy = rules.proxyFor(true, host, 443).isPresent();
    // Then: as curl and Go do, so one NO_PROXY fits all of a cluster
    assertThat(viaProxy).isEqualTo(proxied);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://me:hush@proxy:443", "socks5://proxy", "proxy:3128", "http:///"})
  void reportsAnUnsupportedProxyWithoutItsPassword(String proxy) {
    // Given: TLS to the proxy and SOCKS are not what HTTPS_PROXY promises here
    // When, Then
    assertThatThrownBy(() -> rules(proxy, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hush");
  }

  @Test
  void usesNoProxyWithoutASetting() {
    // Given
    ProxyRules rules = ProxyRules.of(HttpSettings.NetworkRoute.DIRECT, TIMEOUT);
    // When
    Optional<?> proxy = rules.proxyFor(true, "api.example.com", 443);
    // Then
    assertThat(proxy).isEmpty();
  }

  private static ProxyRules rules(String proxy, List<String> noProxy) {
    return ProxyRules.of(
        new HttpSettings.NetworkRoute(Optional.empty(), Optional.of(URI.create(proxy)), noProxy),
        TIMEOUT);
  }
}
