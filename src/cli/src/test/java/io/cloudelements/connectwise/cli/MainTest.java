package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in a JVM of its own, with a setting that ends the operator at once. */
class MainTest {
  @TempDir private Path directory;

  /**
   * The operator starts in a fraction of a second because it loads nothing that it does not need.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "run"})
  void operatorStartsWithoutLoadingTheCommandLine(String arguments) throws Exception {
    // Given
    Path loaded = directory.resolve("classes.log");
    // When
    Run run = run("-Xlog:class+load:file=" + loaded, arguments);
    // Then
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.output()).startsWith("HTTP_PORT: ");
    assertThat(Files.readString(loaded))
        .contains("io.cloudelements.connectwise.OperatorMain ")
        .doesNotContain("picocli", "dev.cel.", "com.google.", "connectwise.schema.")
        .doesNotContainPattern("connectwise[.]cli[.](?!Main )");
  }

  /** Everything else is a command, and a command does not start an operator. */
  @Test
  void otherArgumentsAreCommands() throws Exception {
    // Given // When
    Run version = run("-Dx=y", "version");
    Run mistake = run("-Dx=y", "run now");
    // Then
    assertThat(version.exit()).isZero();
    assertThat(version.output()).matches("\\d+[.]\\d+[.]\\d+.*\\n");
    assertThat(mistake.exit()).isEqualTo(2);
    assertThat(mistake.output()).contains("connectwise-operator run").doesNotContain("HTTP_PORT");
  }

  /** Describing the options of all commands takes longer than many a command. */
  @Test
  void aCommandStartsWithoutDescribingTheOthers() throws Exception {
    // Given
    Path loaded = directory.resolve("classes.log");
    // When
    Run run = run("-Xlog:class+load:file=" + loaded, "version");
    // Then
    assertThat(run.exit()).isZero();
    assertThat(Files.readString(loaded))
        .contains("connectwise.cli.VersionCommand ")
        .doesNotContainPattern("connectwise[.]cli[.](?!Version)\\w+Command ");
  }

  private record Run(int exit, String output) {}

  private static Run run(String option, String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", option, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    Arrays.stream(arguments.split(" ")).filter(word -> !word.isEmpty()).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HTTP_PORT", "nonsense");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }
}
