package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactedTest {

  /** In a set or a map, as the accounts' gates and the redaction of answers use it. */
  @Test
  void aSecretIsEqualToItselfAndPrintsAsStars() {
    // Given
    Redacted secret = Redacted.of("hunter2");
    // When
    String printed = secret.toString();
    // Then
    assertThat(printed).isEqualTo("********");
    assertThat(secret).isEqualTo(Redacted.of("hunter2")).hasSameHashCodeAs(Redacted.of("hunter2"));
    assertThat(secret).isNotEqualTo(Redacted.of("hunter3")).isNotEqualTo("hunter2");
  }
}
