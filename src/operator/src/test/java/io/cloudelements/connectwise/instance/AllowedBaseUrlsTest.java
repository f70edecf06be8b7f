package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.config.Setting;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedBaseUrlsTest {
  private static final AllowedBaseUrls DEFAULTS =
      AllowedBaseUrls.parse(
          List.of(
              Setting.CLOUD_ELEMENTS_ALLOWED_BASE_URLS.defaultValue().orElseThrow().split(",")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.cloud-elements.com/elements/api-v2",
        "https://api.cloud-elements.com/elements/api-v2/",
        "https://api.cloud-elements.com:443/elements/api-v2",
        "HTTPS://API.Cloud-Elements.com/elements/api-v2",
        "https://console.cloud-elements.co.uk/elements/api-v2",
        "https://staging.cloud-elements.com/elements/api-v2",
        "https://api.openconnectors.eu10.ext.hana.ondemand.com/elements/api-v2",
        "https://api.openconnectors.us1.hana.ondemand.com/elements/api-v2"
      })
  void permitsSpellingsOfTheServiceUrl(String baseUrl) {
    // Given
    URI uri = URI.create(baseUrl);
    // When
    boolean permitted = DEFAULTS.permits(uri);
    // Then: these are spellings of the places in contract §1
    assertThat(permitted).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.cloud-elements.com/elements/api-v2, secrets in clear",
    "https://api.cloud-elements.com:8443/elements/api-v2, another port",
    "https://api.cloud-elements.com.evil.example/elements/api-v2, another host",
    "https://evilapi.cloud-elements.com/elements/api-v2, another host",
    "https://api.cloud-elements.com./elements/api-v2, a host with a trailing dot",
    "https://api.cloud-elements.com/elements/api-v1, another path",
    "https://api.cloud-elements.com/elements/api-v2/../../x, a path with dots",
    "https://api.cloud-elements.com/elements/api-v2//, two slashes",
    "https://api.cloud-elements.com/elements/api%2Dv2, an encoded path",
    "https://api.cloud-elements.com/elements/api-v2/instances, a longer path",
    "https://me@api.cloud-elements.com/elements/api-v2, user info",
    "https://api.cloud-elements.com@evil.example/elements/api-v2, user info that looks like a host",
    "https://api.cloud-elements.com/elements/api-v2?x=y, a query",
    "https://api.cloud-elements.com/elements/api-v2#x, a fragment",
    "https://api.openconnectors.hana.ondemand.com/elements/api-v2, no label for the wildcard",
    "https://api.openconnectors..hana.ondemand.com/elements/api-v2, an empty label",
    "https://evil.example/api.openconnectors.x.hana.ondemand.com/elements/api-v2, a host in the"
        + " path",
    "ftp://api.cloud-elements.com/elements/api-v2, another scheme",
    "//api.cloud-elements.com/elements/api-v2, no scheme",
    "mailto:api@cloud-elements.com, no host"
  })
  void refusesOtherUrls(String baseUrl, String why) {
    // Given
    URI uri = URI.create(baseUrl);
    // When
    boolean permitted = DEFAULTS.permits(uri);
    // Then: an account's secrets would go there
    assertThat(permitted).as(why).isFalse();
  }

  @Test
  void permitsHttpOnlyWhenListed() {
    // Given: a simulator on this machine
    AllowedBaseUrls allowed =
        AllowedBaseUrls.parse(List.of("http://localhost:8099/elements/api-v2"));
    // When
    boolean permitted = allowed.permits(URI.create("http://localhost:8099/elements/api-v2"));
    // Then
    assertThat(permitted).isTrue();
    assertThat(allowed.permits(URI.create("https://localhost:8099/elements/api-v2"))).isFalse();
    assertThat(allowed.permits(URI.create("http://localhost/elements/api-v2"))).isFalse();
  }

  @Test
  void permitsAListedIpAddress() {
    // Given
    AllowedBaseUrls allowed =
        AllowedBaseUrls.parse(List.of("http://[::1]:80", "http://127.0.0.1/x/"));
    // When
    boolean permitted = allowed.permits(URI.create("http://[::1]/"));
    // Then
    assertThat(permitted).isTrue();
    assertThat(allowed.permits(URI.create("http://127.0.0.1:80/x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.cloud-elements.com/elements/api-v2",
        "ftp://api.example.com",
        "https://",
        "https:///elements",
        "https://api*.example.com",
        "https://*api.example.com/x",
        "https://api..example.com",
        "https://api.example.com:*/x",
        "https://api.example.com:99999/x",
        "https://api.example.com/*",
        "https://api.example.com/x?y=z",
        "https://api.example.com/x#y",
        "https://me:secret@api.example.com/x",
        "https://api.example.com/a b"
      })
  void reportsAnInvalidPattern(String pattern) {
    // Given
    List<String> patterns = List.of("https://good.example.com/x", pattern);
    // When
    List<String> problems = AllowedBaseUrls.problems(patterns);
    // Then: one sentence for it, and it never repeats a password
    assertThat(problems).hasSize(1).noneMatch(problem -> problem.contains("secret"));
  }

  @Test
  void reportsAllInvalidPatternsTogether() {
    // Given
    List<String> patterns = List.of("nonsense", "https://ok.example.com", "https://a*.example.com");
    // When, Then
    assertThatThrownBy(() -> AllowedBaseUrls.parse(patterns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'nonsense'")
        .hasMessageContaining("'https://a*.example.com'");
  }
}
