package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretValueTest {

  /** In a set or a map, as the accounts' gates and the redaction of answers use it. */
  @Test
  void equalsByValueAndPrintsAsStars() {
    // Given
    SecretValue secret = SecretValue.of("hunter2");
    // When
    String printed = secret.toString();
    // Then
    assertThat(printed).isEqualTo("********");
    assertThat(secret)
        .isEqualTo(SecretValue.of("hunter2"))
        .hasSameHashCodeAs(SecretValue.of("hunter2"));
    assertThat(secret).isNotEqualTo(SecretValue.of("hunter3")).isNotEqualTo("hunter2");
  }
}
