package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No process outlives its JVM, and one that fails says why. */
class GuardedProcessTest {

  @TempDir private Path directory;

  /** SIGKILL runs no shutdown hook: what is left then must end all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsWithTheJvmThatStartedIt(boolean forcibly) throws IOException {
    // Given
    Process jvm = DoomedJvm.start("sleep", directory);
    List<Long> started = DoomedJvm.processesOf(jvm);
    assertThat(LiveProcesses.among(started)).hasSize(1);
    // When
    jvm = forcibly ? jvm.destroyForcibly() : terminate(jvm);
    // Then
    await().untilAsserted(() -> assertThat(LiveProcesses.among(started)).isEmpty());
    assertThat(jvm.onExit().join().isAlive()).isFalse();
  }

  /** The message must say enough without the log file. */
  @Test
  void aFailureShowsTheEndOfTheLog() throws InterruptedException {
    // Given
    GuardedProcess process =
        start("i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo line-$i; done; exit 3");
    assertThat(process.endsWithin(Duration.ofSeconds(10))).isTrue();
    // When // Then
    assertThatThrownBy(process::requireAlive)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContainingAll("shell ended with 3", "line-11", "line-40")
        .hasMessageNotContaining("line-10\n");
  }

  /** The watcher must not hold up, nor hide, a program that ends in good order. */
  @Test
  void forwardsSigtermToTheProgram() {
    // Given
    GuardedProcess process = running("trap 'exit 7' TERM");
    // When
    process.terminate();
    process.awaitEnd(Duration.ofSeconds(10));
    // Then
    assertThat(process.exitValue()).isEqualTo(7);
  }

  /** A component that ignores SIGTERM must not keep a test run from ending. */
  @Test
  void killsAProcessThatIgnoresSigterm() {
    // Given
    GuardedProcess process = running("trap '' TERM");
    // When
    process.terminate();
    process.awaitEnd(Duration.ofMillis(200));
    // Then
    assertThat(process.isAlive()).isFalse();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
  }

  private static Process terminate(Process process) {
    process.destroy();
    return process;
  }

  /** A program without end, past its first command. */
  private GuardedProcess running(String first) {
    GuardedProcess process = start(first + "; echo ready; while :; do sleep 0.05; done");
    await().until(() -> process.logTail(1).equals(List.of("ready")));
    return process;
  }

  private GuardedProcess start(String script) {
    return GuardedProcess.start(
        "shell", directory.resolve("shell.log"), directory, Map.of(), List.of("sh", "-c", script));
  }
}
