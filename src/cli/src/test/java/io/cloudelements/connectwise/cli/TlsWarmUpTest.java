package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TlsWarmUpTest {
  /** A command does not wait for it, and so would not tell that it failed. */
  @Test
  void worksOnThisJdk() {
    // Given // When // Then
    assertThatCode(TlsWarmUp::sayHello).doesNotThrowAnyException();
  }
}
