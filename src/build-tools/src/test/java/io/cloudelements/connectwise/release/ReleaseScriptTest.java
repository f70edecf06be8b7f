package io.cloudelements.connectwise.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a release that need no registry; deploy/release-test.sh takes the others. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ReleaseScriptTest {
  @TempDir private Path repository;
  private Path script;

  /** How the script ended, and what it said. */
  private record Run(int exit, String output) {}

  @BeforeEach
  void prepare() throws IOException {
    script = Files.createDirectories(repository.resolve("deploy")).resolve("release.sh");
    Files.copy(Path.of("deploy", "release.sh"), script);
    Files.writeString(
        repository.resolve("pom.xml"),
        """
        <project>
          <version>1.4.0</version>
          <dependency><version>9.9.9</version></dependency>
        </project>
        """);
    Files.writeString(
        repository.resolve("CHANGELOG.md"),
        """
        # Changelog

        ## [Unreleased]

        - later

        ## [1.4.0] - 2027-01-31

        ### Added

        - now, see [install](docs/install.md#upgrade), [policy](SECURITY.md), [site](https://example.com/a)

        ## [1.4.0-rc.1] - 2027-01-01

        - before
        """);
  }

  @Test
  void the_version_is_that_of_the_project() throws Exception {
    assertThat(run(Map.of(), "version")).isEqualTo(new Run(0, "1.4.0\n"));
  }

  @Test
  void the_tag_is_the_version() throws Exception {
    assertThat(run(Map.of(), "check", "v1.4.0")).isEqualTo(new Run(0, ""));
  }

  @Test
  void another_tag_is_refused() throws Exception {
    // Given
    String tag = "v1.4.1";
    // When
    Run run = run(Map.of(), "check", tag);
    // Then
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("the tag is v1.4.1, the version of pom.xml is 1.4.0");
  }

  /** Notes that are written afterwards are not what was released. */
  @Test
  void a_version_without_notes_is_refused() throws Exception {
    // Given
    Path changelog = repository.resolve("CHANGELOG.md");
    Files.writeString(changelog, Files.readString(changelog).replace("## [1.4.0] ", "## [1.3.0] "));
    // When
    Run run = run(Map.of(), "check", "v1.4.0");
    // Then
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("CHANGELOG.md has nothing under ## [1.4.0]");
  }

  /** Beside a release a relative link leads nowhere. */
  @Test
  void notes_are_the_section_of_the_version() throws Exception {
    // Given
    Map<String, String> environment = Map.of("GITHUB_REPOSITORY", "Acme/operator");
    // When
    Run run = run(environment, "notes", "1.4.0");
    // Then
    assertThat(run.output())
        .isEqualTo(
            """
            ### Added

            - now, see [install](https://github.com/Acme/operator/blob/v1.4.0/docs/install.md#upgrade), \
            [policy](https://github.com/Acme/operator/blob/v1.4.0/SECURITY.md), [site](https://example.com/a)
            """);
  }

  /** The first section is Unreleased or the version just released, and it is not empty. */
  @Test
  void the_changelog_can_be_cut() throws Exception {
    // Given
    String section = firstSection(copy("CHANGELOG.md"));
    // When
    Run run = run(Map.of(), "notes", section);
    // Then
    assertThat(section).matches("Unreleased|\\d+\\.\\d+\\.\\d+(-\\S+)?");
    assertThat(run.exit()).isZero();
    assertThat(run.output()).startsWith("### ");
  }

  /** As CONTRIBUTING.md says it: the first heading becomes the version with its date. */
  @Test
  void the_changelog_of_a_release_passes_the_check() throws Exception {
    // Given
    copy("pom.xml");
    String version = run(Map.of(), "version").output().strip();
    String changelog =
        copy("CHANGELOG.md").replaceFirst("(?m)^## \\[.*", "## [" + version + "] - 2027-01-31");
    Files.writeString(repository.resolve("CHANGELOG.md"), changelog);
    // When
    Run check = run(Map.of(), "check", "v" + version);
    // Then
    assertThat(check).isEqualTo(new Run(0, ""));
    assertThat(firstSection(changelog)).isEqualTo(version);
    assertThat(run(Map.of(), "notes", version).output()).startsWith("### ");
  }

  /** A line for the image that looks otherwise would stay as it is. */
  @Test
  void the_manifest_of_the_repository_names_the_released_image() throws Exception {
    // Given
    String manifest = copy("deploy/install.yaml");
    copy("pom.xml");
    String version = run(Map.of(), "version").output().strip();
    // When
    Run run = run(Map.of(), "manifest", "ghcr.io/acme/operator", "sha256:abc");
    // Then
    assertThat(manifest).containsOnlyOnce("image: connectwise-operator:" + version + "\n");
    assertThat(run.output())
        .isEqualTo(
            manifest.replace(
                "image: connectwise-operator:" + version,
                "image: ghcr.io/acme/operator@sha256:abc"));
  }

  /** The error says what to do, and shows no shell trace. */
  @Test
  void a_tool_that_cannot_be_built_is_named() throws Exception {
    // Given
    Path path = Files.createDirectory(repository.resolve("path"));
    Files.createSymbolicLink(path.resolve("dirname"), Path.of("/usr/bin/dirname"));
    Map<String, String> environment =
        Map.of("PATH", path.toString(), "XDG_CACHE_HOME", repository.toString());
    // When
    Run run = run(environment, "tool", "crane");
    // Then
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output())
        .contains("crane is needed: put it at " + repository, "install Go", "crane@v0.21.8");
  }

  private static String firstSection(String changelog) {
    Matcher heading = Pattern.compile("(?m)^## \\[(.*?)]").matcher(changelog);
    assertThat(heading.find()).isTrue();
    return heading.group(1);
  }

  private String copy(String file) throws IOException {
    Path copy = repository.resolve(file);
    return Files.readString(Files.copy(Path.of(file), copy, StandardCopyOption.REPLACE_EXISTING));
  }

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", script.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().remove("GITHUB_REPOSITORY");
    builder.environment().remove("GITHUB_SERVER_URL");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
