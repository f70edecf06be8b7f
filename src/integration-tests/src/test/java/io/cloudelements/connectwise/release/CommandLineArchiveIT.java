package io.cloudelements.connectwise.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line for this platform, as a release brings it to a machine without Java. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CommandLineArchiveIT {
  private static final List<String> PROGRAMS_OF_THE_LAUNCHER =
      List.of("readlink", "dirname", "grep", "cat", "touch", "rm");

  /** The cache must be used, or the program does not start. */
  private static final String CACHE_REQUIRED = "-XX:AOTMode=on";

  @TempDir private static Path folder;
  private static Path archive;
  private static Path noJava;

  @BeforeAll
  static void build() throws IOException {
    assertThat(Path.of("target", "connectwise-operator", "bin"))
        .as("the distribution: ./mvnw -DskipTests package")
        .isDirectory();
    Command.of(ReleaseTool.SCRIPT, "cli", platform(), folder.toString())
        .withEnvironment(
            Map.of("JAVA_HOME", System.getProperty("java.home"), "HOME", folder.toString()))
        .within(Duration.ofMinutes(5))
        .run()
        .outputOrThrow();
    try (Stream<Path> made = Files.list(folder)) {
      archive = made.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    noJava = Files.createDirectory(folder.resolve("path"));
    for (String program : PROGRAMS_OF_THE_LAUNCHER) {
      Files.createSymbolicLink(noJava.resolve(program), onThePath(program));
    }
  }

  @Test
  void a_command_runs_without_any_other_java() throws IOException {
    // Given
    Path program = unpacked("as a tar does", "-xzf").resolve("bin/kubectl-cwi");
    // When
    Command.CommandResult result = run(program, "explain", "AwaitingOutcome");
    // Then
    assertThat(result.errors()).isEmpty();
    assertThat(result.output()).startsWith("AwaitingOutcome\n").contains("It means: ");
  }

  /** As Krew unpacks: every file has the time of now, with which no cache holds. */
  @Test
  void the_cache_is_used_when_times_are_lost() throws IOException {
    // Given
    Path program = unpacked("without times", "-xmzf").resolve("bin/kubectl-cwi");
    // When
    List<Command.CommandResult> starts = List.of(run(program, "version"), run(program, "version"));
    // Then
    assertThat(starts)
        .allSatisfy(start -> {
          assertThat(start.errors()).isEmpty();
          assertThat(start.output()).matches("\\d+[.]\\d+[.]\\d+.*\\n");
        });
  }

  /** A warning of the JVM would appear in the output of a command. */
  @Test
  void a_cache_that_does_not_fit_is_passed_over_silently() throws IOException {
    // Given
    Path program = unpacked("with other times", "-xzf").resolve("bin/kubectl-cwi");
    run(program, "version").outputOrThrow();
    try (Stream<Path> files = Files.list(program.resolveSibling("../lib"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      }
    }
    // When
    Command.CommandResult result = runWith("", program, "version");
    // Then
    assertThat(result.errors()).isEmpty();
    assertThat(result.output()).matches("\\d+[.]\\d+[.]\\d+.*\\n");
    assertThat(run(program, "version").succeeded()).isFalse();
  }

  /** Krew unpacks files and folders, and refuses everything else. */
  @Test
  void the_archive_has_files_and_folders_only() throws IOException {
    // Given
    String name = archive.getFileName().toString().replace(".tar.gz", "");
    // When
    List<String> entries =
        Command.of(onThePath("tar"), "-tvzf", archive.toString())
            .run()
            .outputOrThrow()
            .lines()
            .toList();
    // Then
    assertThat(entries).allMatch(entry -> entry.matches("[-d].* " + name + "/.*"));
    assertThat(entries).anyMatch(entry -> entry.endsWith(name + "/LICENSE"));
  }

  @Test
  @NeedsReleaseTool("krew")
  void krew_installs_it_by_the_manifest(ReleaseTool krew) throws IOException {
    // Given
    Path root = folder.resolve("krew");
    Path manifest = Files.writeString(folder.resolve("cwi.yaml"), manifest());
    Map<String, String> environment =
        Map.of("KREW_ROOT", root.toString(), "HOME", root.toString(), "KREW_NO_UPGRADE_CHECK", "1");
    // When
    krew.command("install", "--manifest", manifest.toString(), "--archive", archive.toString())
        .withEnvironment(environment)
        .run()
        .outputOrThrow();
    // Then
    Command.CommandResult result =
        run(root.resolve("bin/kubectl-cwi"), "explain", "AwaitingOutcome");
    assertThat(result.errors()).isEmpty();
    assertThat(result.output()).startsWith("AwaitingOutcome\n");
  }

  /** Of this platform's archive, with stand-ins for the others. */
  private static String manifest() throws IOException {
    Path archives = Files.createDirectory(folder.resolve("archives"));
    String name = archive.getFileName().toString();
    for (String other : List.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64")) {
      Files.writeString(archives.resolve(name.replace(platform(), other)), other);
    }
    Files.delete(archives.resolve(name));
    Files.createLink(archives.resolve(name), archive);
    return Command.of(ReleaseTool.SCRIPT, "krew", archives.toString())
        .withEnvironment(Map.of("GITHUB_REPOSITORY", "acme/operator", "HOME", folder.toString()))
        .run()
        .outputOrThrow();
  }

  private static String platform() {
    String system = OS.MAC.isCurrentOs() ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    return system + "-" + processor;
  }

  private static Path unpacked(String name, String options) throws IOException {
    Path target = Files.createDirectory(folder.resolve(name));
    Command.of(onThePath("tar"), options, archive.toString(), "-C", target.toString())
        .run()
        .outputOrThrow();
    return target.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
  }

  private static Command.CommandResult run(Path program, String... arguments) {
    return runWith(CACHE_REQUIRED, program, arguments);
  }

  private static Command.CommandResult runWith(String options, Path program, String... arguments) {
    return Command.of(program, arguments)
        .withEnvironment(Map.of("PATH", noJava.toString(), "JAVA_OPTS", options))
        .run();
  }

  private static Path onThePath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
