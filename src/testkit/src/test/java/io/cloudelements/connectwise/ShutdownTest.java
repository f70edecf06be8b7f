package io.cloudelements.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when something is broken that nobody foresaw: in a JVM of its own. */
class ShutdownTest {
  @TempDir private Path directory;

  /** A pod that hangs looks alive, and nobody starts it again. */
  @Test
  void anythingThrownEndsTheProcessAndSaysWhy() throws Exception {
    // Given // When
    Run run = run(EndingPrograms.Broken.class);
    // Then
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output().getFirst())
        .contains("The operator cannot go on: ", "NoClassDefFoundError: io/example/Missing");
  }

  /** The code of a run that ended by itself reaches whoever started the pod. */
  @Test
  void theCodeOfTheRunIsTheProcessOwn() throws Exception {
    // Given // When
    Run run = run(EndingPrograms.WrongSetting.class);
    // Then
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
  }

  private record Run(int exit, List<String> output) {}

  private Run run(Class<?> program) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      // Less than the time that a shutdown by signal may take.
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readAllLines(output));
  }
}
