package io.cloudelements.connectwise.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the log has of a whole process. */
class LoggingProcessTest {

  /** In a JVM of its own: the handler is the process's. */
  @Test
  void an_exception_that_ends_a_thread_is_an_entry_like_any_other() throws Exception {
    // Given
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ThrowingProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    // When
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Then
    assertThat(output.lines()).hasSize(1);
    assertThat(new ObjectMapper().readTree(output).path("exception").asText())
        .startsWith("java.lang.IllegalStateException: a\u001b[2J\nb");
    assertThat(output).doesNotContain("\u001b");
    assertThat(process.waitFor()).isEqualTo(1);
  }
}
