package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPictureTest {
  @Test
  void showsEachLineAndWrapsLongOnes() {
    // Given
    List<String> lines =
        List.of(
            "$ kubectl get cwi -o go-template='{{<key> & \"\"}}'", "", "x".repeat(130), "  NAME");
    // When
    List<String> texts = PictureTexts.of(new TerminalPicture(lines).svg());
    // Then
    assertThat(texts).containsExactly(lines.getFirst(), "x".repeat(100), "x".repeat(30), "NAME");
  }
}
