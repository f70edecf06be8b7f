package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.OperatorMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final String JVM_OPTIONS = "@src/operator/src/main/dist/conf/jvm.options";

  /** A call of the start that the stub does not answer would fail the image's build. */
  @Test
  void the_operator_becomes_ready_on_the_stub_and_ends_in_good_order() throws Exception {
    // Given
    List<String> command = operator();
    // When
    int exit = Rehearsal.run(command, Map.of());
    // Then
    assertThat(exit).isZero();
  }

  /** Nothing later would show that the cache lacks half of the start. */
  @Test
  void a_start_that_fails_is_no_rehearsal() {
    // Given
    Map<String, String> wrong = Map.of("RESYNC_INTERVAL", "never");
    // When // Then
    assertThatThrownBy(() -> Rehearsal.run(operator(), wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The operator ended before it served probes");
  }

  private static List<String> operator() throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(JVM_OPTIONS, "-Xmx192m", "-cp", System.getProperty("java.class.path")));
    words.add(OperatorMain.class.getName());
    return words;
  }
}
