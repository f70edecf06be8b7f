package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Follows a document command by command, as a reader with a terminal does.
 *
 * @param home where the reader is: with a {@code kubeconfig}, and programs in {@code bin}
 * @param variables of the shell
 */
record Walkthrough(Path home, Map<String, String> variables) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Every block marked {@code run} must succeed, and print what a block after it expects. */
  void follow(Markdown document) {
    List<Markdown.Block> blocks = document.blocks();
    assertThat(blocks).extracting(Markdown.Block::mark).contains("run");
    for (int i = 0; i < blocks.size(); i++) {
      Markdown.Block block = blocks.get(i);
      boolean shown = i + 1 < blocks.size() && blocks.get(i + 1).mark().equals("expect");
      if (block.mark().equals("run") && shown) {
        followsUntilShown(block.text(), blocks.get(i + 1).text());
      } else if (block.mark().equals("run")) {
        follows(block.text());
      }
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
                  assertThat(run.output().lines().map(Walkthrough::withSingleSpaces))
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
    shell.directory(home.toFile());
    Map<String, String> environment = shell.environment();
    environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
    environment.put("HOME", home.toString());
    environment.putAll(variables);
    environment.merge(
        "PATH",
        home.resolve("bin") + ":" + ControlPlaneBinaries.locate(System.out).directory(),
        (path, programs) -> programs + ":" + path);
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
