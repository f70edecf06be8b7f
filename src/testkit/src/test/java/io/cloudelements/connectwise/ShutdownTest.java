package io.cloudelements.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when something is broken that nobody foresaw: in a JVM of its own. */
class ShutdownTest {
  @TempDir private Path directory;

  /** A pod that hangs looks alive, and nobody starts it again. */
  @Test
  void anythingThrownEndsTheProcessAndSaysWhy() throws Exception {
    // Given // When
    Run run = run(Broken.class);
    // Then
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output().getFirst())
        .contains("The operator cannot go on: ", "NoClassDefFoundError: io/example/Missing");
  }

  /** The code of a run that ended by itself reaches whoever started the pod. */
  @Test
  void theCodeOfTheRunIsTheProcessOwn() throws Exception {
    // Given // When
    Run run = run(WrongSetting.class);
    // Then
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
  }

  /** A jar is missing, and a thread is left that would keep the JVM alive for ever. */
  static final class Broken {
    public static void main(String[] arguments) {
      end(() -> {
        throw new NoClassDefFoundError("io/example/Missing");
      });
    }
  }

  /** A run that ended by itself, with a thread left. */
  static final class WrongSetting {
    public static void main(String[] arguments) {
      end(() -> 2);
    }
  }

  private static void end(IntSupplier operator) {
    Shutdown end = Shutdown.onSignal();
    Thread.ofPlatform().daemon(false).start(ShutdownTest::awaitForEver);
    end.after(operator);
  }

  private static void awaitForEver() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
