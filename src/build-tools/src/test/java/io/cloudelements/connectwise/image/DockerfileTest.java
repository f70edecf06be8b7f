package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.OperatorMain;
import io.cloudelements.simulator.SimulatorMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the Dockerfile without building it. */
class DockerfileTest {
  private static final Pattern STAGE = Pattern.compile("FROM .* AS (\\w+)");

  /** Each instruction on one line, without comments. */
  private final List<String> instructions = instructions();

  /** A registry of one's own, or a build without a network, needs no other Dockerfile. */
  @Test
  void base_images_are_arguments() {
    // Given // When
    List<String> stages = matching("FROM .*");
    // Then
    assertThat(stages)
        .hasSizeGreaterThan(3)
        .allMatch(stage ->
            stage.matches(
                "FROM (--platform=\\$\\{BUILDPLATFORM} )?\\$\\{(BUILD|RUNTIME)_IMAGE} AS \\w+"));
  }

  /** What {@code latest} is differs from day to day. */
  @Test
  void base_images_have_a_version() {
    // Given // When
    List<String> defaults = matching("ARG (BUILD|RUNTIME)_IMAGE=.*");
    // Then
    assertThat(defaults)
        .hasSize(2)
        .allMatch(
            argument -> argument.matches("ARG \\w+=[\\w./-]+:[\\w.-]+(@sha256:[0-9a-f]{64})?"))
        .noneMatch(argument -> argument.contains("latest"))
        .anyMatch(argument -> argument.contains("temurin:25-jdk"))
        .anyMatch(argument -> argument.contains("distroless"));
  }

  /** {@code docker build .} makes the last one. */
  @Test
  void the_operator_is_the_default() {
    // Given // When
    List<String> stages = matching("FROM .*");
    // Then
    assertThat(stages.getLast()).endsWith(" AS operator");
  }

  /**
   * A number, since Kubernetes cannot tell whether a name is root; group 0, as OpenShift has it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"operator", "simulator"})
  void a_product_does_not_run_as_root(String target) {
    // Given // When
    List<String> users = matching(stage(target), "USER .*");
    // Then
    assertThat(users).containsExactly("USER 65532:0");
  }

  /** Where an image comes from can be asked of the image. */
  @ParameterizedTest
  @ValueSource(strings = {"operator", "simulator"})
  void a_product_is_labelled(String target) {
    // Given // When
    String labels = String.join("", matching(stage(target), "LABEL .*"));
    // Then
    assertThat(labels)
        .contains("org.opencontainers.image.title=")
        .contains("org.opencontainers.image.version=\"${VERSION}\"")
        .contains("org.opencontainers.image.revision=\"${REVISION}\"")
        .contains("org.opencontainers.image.source=\"${SOURCE}\"")
        .contains("org.opencontainers.image.licenses=\"Apache-2.0\"");
  }

  /** The last stages have no shell, and what they run is in the jars. */
  @Test
  void products_start_their_programs_without_a_shell() {
    // Given // When
    List<String> entryPoints = matching("ENTRYPOINT .*");
    // Then
    assertThat(entryPoints)
        .hasSize(2)
        .allMatch(entry -> entry.startsWith("ENTRYPOINT [\"/opt/jre/bin/java\""));
    assertThat(matching(stage("operator"), "ENTRYPOINT .*").getFirst())
        .endsWith("\"" + OperatorMain.class.getName() + "\"]");
    assertThat(matching(stage("simulator"), "ENTRYPOINT .*").getFirst())
        .contains("\"" + SimulatorMain.class.getName() + "\"");
    assertThat(matching(stage("operator"), "RUN .*")).isEmpty();
    assertThat(matching(stage("simulator"), "RUN .*")).isEmpty();
  }

  /** {@code pom.xml} is the source of both; a Dockerfile cannot read it. */
  @Test
  void version_and_time_are_those_of_the_build() throws IOException {
    // Given
    String pom = Files.readString(Path.of("pom.xml"));
    String version = first(pom, "<version>([^<]+)</version>");
    Instant time =
        Instant.parse(first(pom, "<project.build.outputTimestamp>([^<]+)</project.build"));
    // When
    List<String> versions = matching("ARG VERSION=.*");
    List<String> times = matching("ARG SOURCE_DATE_EPOCH=.*");
    // Then
    assertThat(versions).hasSize(2).allMatch(("ARG VERSION=" + version)::equals);
    assertThat(times)
        .hasSize(2)
        .allMatch(("ARG SOURCE_DATE_EPOCH=" + time.getEpochSecond())::equals);
  }

  /** What is copied from the repository exists, and is not ignored. */
  @Test
  void the_context_has_what_is_copied() throws IOException {
    // Given
    List<String> ignore = Files.readAllLines(Path.of(".dockerignore"));
    String source = "src/build-tools/src/main/java/io/cloudelements/connectwise/image";
    // When
    List<String> copied =
        matching("COPY .*").stream().filter(copy -> !copy.contains("--from=")).toList();
    // Then
    assertThat(copied)
        .containsExactly(
            "COPY . .", "COPY " + source + " /tools/io/cloudelements/connectwise/image");
    assertThat(Path.of(source)).isDirectory();
    assertThat(ignore)
        .contains(
            "*", "**/target", "!" + source, "!src/operator/src/main", "!src/simulator/src/main");
    assertThat(ignore.stream().filter(line -> line.matches("![^*]+")))
        .allMatch(line -> Files.exists(Path.of(line.substring(1))));
  }

  private List<String> stage(String name) {
    List<String> stage = new ArrayList<>();
    String current = "";
    for (String instruction : instructions) {
      MatchResult found = STAGE.matcher(instruction).results().findFirst().orElse(null);
      if (found != null) {
        current = found.group(1);
      }
      if (current.equals(name)) {
        stage.add(instruction);
      }
    }
    return stage;
  }

  private List<String> matching(String pattern) {
    return matching(instructions, pattern);
  }

  private static List<String> matching(List<String> instructions, String pattern) {
    return instructions.stream().filter(line -> line.matches(pattern)).toList();
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> instructions() {
    try {
      String text =
          Files.readAllLines(Path.of("Dockerfile")).stream()
              .filter(line -> !line.strip().startsWith("#"))
              .reduce("", (before, line) -> before + line + "\n");
      return text.replaceAll("\\\\\n\\s*", "").lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
