package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SendWindowTest {

  /** The first instant belongs to the window, the last one does not. */
  @Test
  void windowIncludesItsStartAndExcludesItsEnd() {
    // Given
    Instant opens = Instant.parse("2026-11-24T10:00:00Z");
    SendWindow window = new SendWindow(opens, opens.plusSeconds(30));
    // When
    boolean open = window.isOpen(opens);
    // Then
    assertThat(open).isTrue();
    assertThat(window.isOpen(opens.plusSeconds(30).minusNanos(1))).isTrue();
    assertThat(window.isOpen(opens.plusSeconds(30))).isFalse();
    assertThat(window.isOpen(opens.minusNanos(1))).isFalse();
    assertThat(SendWindow.ALWAYS.isOpen(opens)).isTrue();
  }
}
