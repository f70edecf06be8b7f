package io.cloudelements.connectwise.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start script, with a stand-in for {@code java} that prints its process id and arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Path SCRIPT = Path.of("src/cli/src/main/dist/bin/connectwise-operator");

  @TempDir private Path directory;
  private Path home;
  private Path script;

  @BeforeEach
  void unpack() throws IOException {
    home = Files.createDirectories(directory.resolve("a place with blanks"));
    script = Files.createDirectories(home.resolve("bin")).resolve("connectwise-operator");
    Files.copy(SCRIPT, script);
    Files.createDirectories(home.resolve("lib"));
    for (String jar : List.of("b.jar", "a.jar", "B-1.jar", "notes.txt")) {
      Files.writeString(home.resolve("lib").resolve(jar), "");
    }
  }

  /** SIGTERM reaches the operator only when the shell is replaced by {@code exec}. */
  @Test
  void replacesItsShellWithJava() throws Exception {
    // Given
    Path java = java("25.0.1");

    // When
    Run run = run(script, Map.of("JAVA_HOME", java.toString()));

    // Then
    assertThat(run.exit()).isZero();
    assertThat(run.output().getFirst()).isEqualTo(Long.toString(run.pid()));
  }

  /** An AOT cache is valid only for the class path that it was made with, in that order. */
  @Test
  void classPathListsAllJarsInAFixedOrder() throws Exception {
    // Given
    Path java = java("25");

    // When
    Run run = run(script, Map.of("JAVA_HOME", java.toString(), "LC_ALL", "en_US.UTF-8"));

    // Then
    Path lib = home.toRealPath().resolve("lib");
    assertThat(run.output())
        .containsSubsequence(
            "-cp",
            lib.resolve("B-1.jar") + ":" + lib.resolve("a.jar") + ":" + lib.resolve("b.jar"),
            "io.cloudelements.connectwise.cli.Main");
  }

  /** The last option wins, and it has to be the user's. */
  @Test
  void userOptionsComeLast() throws Exception {
    // Given
    Map<String, String> environment =
        Map.of("JAVA_HOME", java("25").toString(), "JAVA_OPTS", "-Xmx1g -Dx=y");

    // When
    Run run = run(script, environment, "an argument", "");

    // Then
    assertThat(run.output())
        .containsSubsequence(
            "@" + home.toRealPath().resolve("conf/jvm.options"), "-Xmx1g", "-Dx=y", "-cp")
        .endsWith("io.cloudelements.connectwise.cli.Main", "an argument", "");
  }

  /** A command ends before a garbage collection pays off; the operator runs on. */
  @ParameterizedTest
  @CsvSource({"why acme, true", "--help, true", "run, false", "'', false"})
  void aCommandHasOptionsOfItsOwn(String words, boolean own) throws Exception {
    // When
    Run run =
        run(
            script,
            Map.of("JAVA_HOME", java("25").toString()),
            words.isEmpty() ? new String[0] : words.split(" "));

    // Then
    assertThat(run.output().contains("@" + home.toRealPath().resolve("conf/command.options")))
        .isEqualTo(own);
  }

  /** People link a program into a directory of their path. */
  @Test
  void worksThroughASymbolicLink() throws Exception {
    // Given
    Path link = Files.createSymbolicLink(directory.resolve("operator"), script);

    // When
    Run run = run(link, Map.of("JAVA_HOME", java("25").toString()));

    // Then
    assertThat(run.exit()).isZero();
    assertThat(run.output()).anyMatch(argument -> argument.endsWith("lib/b.jar"));
  }

  /** kubectl finds its plugins by their names on the path. */
  @Test
  void worksAsAKubectlPlugin() throws Exception {
    // Given
    Path plugin = script.resolveSibling("kubectl-cwi");
    Files.copy(SCRIPT.resolveSibling("kubectl-cwi"), plugin);
    Path link = Files.createSymbolicLink(directory.resolve("kubectl-cwi"), plugin);

    // When
    Run run = run(link, Map.of("JAVA_HOME", java("25").toString()), "plan", "a file");

    // Then
    assertThat(run.exit()).isZero();
    assertThat(run.output()).endsWith("io.cloudelements.connectwise.cli.Main", "plan", "a file");
  }

  /** {@code kubectl cwi} must not start an operator on a user's notebook. */
  @Test
  void pluginPrintsHelpWithoutACommand() throws Exception {
    // Given
    Path plugin = script.resolveSibling("kubectl-cwi");
    Files.copy(SCRIPT.resolveSibling("kubectl-cwi"), plugin);

    // When
    Run run = run(plugin, Map.of("JAVA_HOME", java("25").toString()));

    // Then
    assertThat(run.output()).endsWith("io.cloudelements.connectwise.cli.Main", "--help");
  }

  /** The archive for a platform is all that has to be installed. */
  @Test
  void uses_the_runtime_beside_it() throws Exception {
    // Given
    Path runtime = Files.move(java("25"), home.resolve("runtime"));
    Files.writeString(runtime.resolve("bin/java"), "#!/bin/sh\necho the one beside it\n");

    // When
    Run run = run(script, Map.of("JAVA_HOME", java("17.0.2").toString()));

    // Then
    assertThat(run.output()).containsExactly("the one beside it");
  }

  /** It is the Java that the archive was tried with, and the only one that its AOT cache fits. */
  @Test
  void the_runtime_beside_it_comes_before_another_java() throws Exception {
    // Given
    Path runtime = Files.move(java("25"), home.resolve("runtime"));
    Files.writeString(home.resolve("lib").resolve("commands.aot"), "");

    // When
    Run run = run(script, Map.of("JAVA_HOME", java("25.0.1").toString()));

    // Then
    assertThat(runtime).isDirectory();
    assertThat(run.output())
        .contains("-XX:AOTCache=" + home.toRealPath().resolve("lib/commands.aot"));
  }

  /** A cache of another Java would be refused with a warning at each start. */
  @Test
  void a_cache_is_not_used_with_another_java() throws Exception {
    // Given
    Files.writeString(home.resolve("lib").resolve("commands.aot"), "");

    // When
    Run run = run(script, Map.of("JAVA_HOME", java("25").toString()));

    // Then
    assertThat(run.output()).noneMatch(argument -> argument.startsWith("-XX:AOT"));
  }

  /** Krew unpacks without times, and a cache holds only for jars with those it was made with. */
  @Test
  void the_first_start_gives_jars_the_times_of_the_cache() throws Exception {
    // Given
    Files.move(java("25"), home.resolve("runtime"));
    Path lib = home.resolve("lib");
    Files.writeString(lib.resolve("commands.aot"), "");
    Files.writeString(lib.resolve("times"), "202611240930\n");

    // When
    Run run = run(script, Map.of("TZ", "Asia/Tokyo"));

    // Then
    assertThat(run.exit()).isZero();
    assertThat(Files.getLastModifiedTime(lib.resolve("b.jar")).toInstant())
        .isEqualTo("2026-11-24T09:30:00Z");
    assertThat(lib.resolve("times")).doesNotExist();
  }

  /** An older Java would report a class file version, which does not say what to install. */
  @Test
  void reportsAnOlderJavaInOneLine() throws Exception {
    // Given
    String text = Files.readString(script);
    String onlyJavaHome =
        text.replaceFirst(
            "(?s)(for java_home in \"\\$home/runtime\" \"\\$\\{JAVA_HOME:-}\").*?; do", "$1; do");
    assertThat(onlyJavaHome).doesNotContain("/usr/lib/jvm").hasSizeLessThan(text.length());
    Files.writeString(script, onlyJavaHome);

    // When
    Run run = run(script, Map.of("JAVA_HOME", java("17.0.2").toString()));

    // Then
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.output())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("Java 25 is needed", "JAVA_HOME"));
  }

  private Path java(String version) throws IOException {
    Path java = Files.createDirectories(directory.resolve("java-" + version));
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path program = Files.createDirectories(java.resolve("bin")).resolve("java");
    Files.writeString(program, "#!/bin/sh\necho $$\nprintf '%s\\n' \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return java;
  }

  private record Run(long pid, int exit, List<String> output) {}

  private static Run run(Path program, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().remove("JAVA_OPTS");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.pid(), process.exitValue(), output.lines().toList());
  }
}
