package io.cloudelements.connectwise.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.Command;
import org.junit.jupiter.api.Test;

/** What the log has of a whole process. */
class LoggingProcessTest {

  /** In a JVM of its own: the handler is the process's. */
  @Test
  void anUncaughtExceptionIsOneEntry() throws Exception {
    // Given
    Command program = Command.ofJava(ThrowingProgram.class);
    // When
    Command.CommandResult run = program.run();
    // Then
    assertThat(run.lines()).hasSize(1);
    String entry = run.lines().getFirst();
    assertThat(new ObjectMapper().readTree(entry).path("exception").asText())
        .startsWith("java.lang.IllegalStateException: a\u001b[2J\nb");
    assertThat(entry).doesNotContain("\u001b");
    assertThat(run.exitCode()).isEqualTo(1);
  }
}
