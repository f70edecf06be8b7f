package io.cloudelements.connectwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownVariablesTest {
  /** A misspelt setting is otherwise a default that is not noticed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "WATCH_NAMESPACE          | did you mean WATCH_NAMESPACES?",
        "WATCH_LABELS_SELECTOR    | did you mean WATCH_LABEL_SELECTOR?",
        "CLOUD_ELEMENTS_URL       | did you mean CLOUD_ELEMENTS_BASE_URL?",
        "ORPHAN_SCAN              | remove it; settings that begin so are ORPHAN_SCAN_INTERVAL",
        "MASS_DISAPPEARANCE_LIMITS | did you mean MASS_DISAPPEARANCE_LIMIT?",
        "ACCOUNT_SECRET           | remove it; settings that begin so are"
            + " ACCOUNT_NAMESPACE_SELECTORS,"
            + " ACCOUNT_MAX_CONCURRENT_REQUESTS, ACCOUNT_BREAKER_FAILURES",
      })
  void suggestsASettingForAnUnknownVariable(String variable, String wayOut) {
    // When
    List<SettingError> errors = UnknownVariables.among(Set.of(variable));

    // Then
    assertThat(errors).containsExactly(new SettingError(variable, "is not a setting; " + wayOut));
  }

  /** A Service named {@code account} in the namespace must not keep the operator from starting. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACCOUNT_SERVICE_HOST",
        "ACCOUNT_SERVICE_PORT",
        "ACCOUNT_SERVICE_PORT_HTTP",
        "ACCOUNT_PORT",
        "ACCOUNT_PORT_80_TCP",
        "ACCOUNT_PORT_80_TCP_ADDR",
        "WATCH_TOWER_PORT_53_UDP_PROTO",
      })
  void ignoresVariablesOfKubernetes(String variable) {
    // When
    List<SettingError> errors = UnknownVariables.among(Set.of(variable));

    // Then
    assertThat(errors).isEmpty();
  }

  /** The distance decides what is suggested, so it has to be the known one. */
  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "same, same, 0", "ab, ba, 2"})
  void computesTheEditDistance(String from, String to, int changes) {
    // When
    int distance = UnknownVariables.distance(from, to);

    // Then
    assertThat(distance).isEqualTo(changes);
  }
}
