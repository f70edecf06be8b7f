package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, command by command, as somebody with a terminal would follow it. */
@RealCluster
class TutorialIT {
  private static final Markdown TUTORIAL = Markdown.of(Path.of("docs/tutorial.md"));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path home;

  @Test
  void everyCommandPrintsTheOutputOfTheTutorial(ControlPlane controlPlane) throws IOException {
    // Given
    controlPlane.installCrds();
    Files.copy(controlPlane.kubeconfig(), home.resolve("kubeconfig"));
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess _ = OperatorProcess.start(controlPlane, simulator, Map.of())) {
      Platform platform = simulator.simulator().platform();
      platform.outsideWorld().addUser("sim-user", "sim-organization");
      List<Markdown.Block> blocks = TUTORIAL.blocks();
      // When
      for (int i = 0; i < blocks.size(); i++) {
        Markdown.Block block = blocks.get(i);
        boolean shown = i + 1 < blocks.size() && blocks.get(i + 1).mark().equals("expect");
        if (block.mark().equals("run") && shown) {
          followsUntilShown(block.text(), blocks.get(i + 1).text());
        } else if (block.mark().equals("run")) {
          follows(block.text());
        }
      }
      // Then
      assertThat(platform.everCreated()).hasSize(1);
      assertThat(platform.live()).isEmpty();
    } finally {
      controlPlane.kubectl().attempt("delete", "namespace", "shop", "--wait=false");
    }
  }

  /** A reader looks again when the operator is still at work; a failing command is repeated too. */
  private void followsUntilShown(String commands, String expected) {
    await(commands)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .pollInSameThread()
        .untilAsserted(() -> {
          Run run = run(commands);
          expected
              .lines()
              .forEach(line ->
                  assertThat(run.output().lines().map(TutorialIT::withSingleSpaces))
                      .as(run.output())
                      .anyMatch(lineLike(line).asMatchPredicate()));
        });
  }

  private void follows(String commands) {
    Run run = run(commands);
    assertThat(run.exitCode()).as("%s%n%s", commands, run.output()).isZero();
  }

  /** An ellipsis stands for anything; a line may go on. */
  private static Pattern lineLike(String line) {
    return Pattern.compile(
        ".*" + Pattern.quote(withSingleSpaces(line)).replace("…", "\\E.*\\Q") + ".*");
  }

  private static String withSingleSpaces(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }

  private record Run(int exitCode, String output) {}

  private Run run(String commands) {
    ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", commands);
    shell.redirectErrorStream(true);
    Map<String, String> environment = shell.environment();
    environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
    environment.put("HOME", home.toString());
    environment.merge(
        "PATH",
        ControlPlaneBinaries.locate(System.out).directory().toString(),
        (path, kubectl) -> kubectl + ":" + path);
    try {
      Process process = shell.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(commands).isTrue();
      return new Run(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
