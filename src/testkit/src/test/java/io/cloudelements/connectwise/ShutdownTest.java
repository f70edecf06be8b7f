package io.cloudelements.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the process ends after an unexpected failure: in a JVM of its own. */
class ShutdownTest {
  /** Less than the time that a shutdown by signal may take. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** A pod that hangs looks alive and is not restarted. */
  @Test
  void aThrownErrorEndsTheProcessAndIsLogged() {
    // Given
    Command program = Command.ofJava(EndingPrograms.Broken.class).within(LIMIT);
    // When
    Command.CommandResult run = program.run();
    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines().getFirst())
        .contains("The operator cannot go on: ", "NoClassDefFoundError: io/example/Missing");
  }

  /** The code of a run that ended by itself is the exit code of the process. */
  @Test
  void processExitsWithTheCodeOfTheRun() {
    // Given
    Command program = Command.ofJava(EndingPrograms.WrongSetting.class).within(LIMIT);
    // When
    Command.CommandResult run = program.run();
    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lines()).isEmpty();
  }
}
