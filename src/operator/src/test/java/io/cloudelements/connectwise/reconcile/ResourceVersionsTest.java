package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceVersionsTest {

  @ParameterizedTest
  @CsvSource({
    "10, 9, true",
    "9, 10, false",
    "10, 10, false",
    "a, 9, false",
    "10, a, false",
    "9223372036854775808, 9, false",
  })
  void aVersionIsNewerByItsNumberAlone(String version, String than, boolean newer) {
    // Then
    assertThat(ResourceVersions.isNewer(version, than)).isEqualTo(newer);
  }
}
