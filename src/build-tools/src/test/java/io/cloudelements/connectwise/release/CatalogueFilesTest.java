package io.cloudelements.connectwise.release;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Krew, Artifact Hub and OLM read of a release: whose it is, is nowhere in the repository. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CatalogueFilesTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String SOURCE = "https://github.com/Acme/operator";
  private static final String ID = "00000000-0000-4000-8000-000000000000";
  private static final List<String> PLATFORMS =
      List.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64");

  @TempDir private Path repository;

  @BeforeEach
  void prepare() throws IOException {
    for (String file : List.of("deploy/release.sh", "charts/connectwise-operator/Chart.yaml")) {
      Path copy = repository.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(file), copy);
    }
    Files.writeString(repository.resolve("pom.xml"), "<version>1.4.0</version>\n");
    changelog("Added");
  }

  /** Krew takes an archive only when it is the one that the manifest tells. */
  @Test
  void the_manifest_for_krew_names_each_archive() throws Exception {
    // Given
    Map<String, String> digests = new TreeMap<>();
    for (String platform : PLATFORMS) {
      digests.put(platform, archive(platform));
    }
    // When
    JsonNode manifest = YAML.readTree(output(Map.of(), "krew", repository.toString()));
    // Then
    assertThat(manifest.get("apiVersion").asText())
        .isEqualTo("krew.googlecontainertools.github.com/v1alpha2");
    assertThat(manifest.at("/metadata/name").asText()).isEqualTo("cwi");
    assertThat(manifest.at("/spec/version").asText()).isEqualTo("v1.4.0");
    assertThat(manifest.at("/spec/homepage").asText()).isEqualTo(SOURCE);
    assertThat(manifest.at("/spec/shortDescription").asText()).isNotBlank().hasSizeLessThan(50);
    for (JsonNode platform : manifest.at("/spec/platforms")) {
      JsonNode labels = platform.at("/selector/matchLabels");
      String name = labels.path("os").asText() + "-" + labels.path("arch").asText();
      String archive = "connectwise-operator-1.4.0-" + name;
      assertThat(platform.path("uri").asText())
          .isEqualTo(SOURCE + "/releases/download/v1.4.0/" + archive + ".tar.gz");
      assertThat(platform.path("sha256").asText()).isEqualTo(digests.remove(name));
      assertThat(platform.path("bin").asText()).isEqualTo(archive + "/bin/kubectl-cwi");
    }
    assertThat(digests).isEmpty();
  }

  /** Otherwise a laptop would be told that there is no such plugin. */
  @Test
  void a_missing_archive_is_named() throws Exception {
    // Given
    archive("linux-amd64");
    // When
    Command.CommandResult result = run(Map.of(), "krew", repository.toString());
    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.errors()).contains("has no connectwise-operator-1.4.0-linux-arm64.tar.gz");
  }

  @Test
  @EnabledIf("hasJq")
  void the_chart_leads_to_the_repository_that_releases_it() throws Exception {
    // Given
    String image = "ghcr.io/acme/operator@sha256:abc";
    // When
    JsonNode chart = YAML.readTree(output(Map.of(), "chart-metadata", image));
    // Then
    assertThat(chart.path("home").asText()).isEqualTo(SOURCE);
    assertThat(chart.at("/sources/0").asText()).isEqualTo(SOURCE);
    assertThat(chart.path("icon").asText()).isEqualTo(SOURCE + "/raw/v1.4.0/docs/icon.svg");
    assertThat(Path.of("docs", "icon.svg")).exists();
    assertThat(chart.at("/maintainers/0/name").asText()).isEqualTo("Acme");
    assertThat(chart.at("/maintainers/0").has("email")).isFalse();
    assertThat(annotation(chart, "images").at("/0/image").asText()).isEqualTo(image);
    assertThat(annotation(chart, "links").findValuesAsText("url"))
        .containsExactly(
            SOURCE + "/blob/v1.4.0/docs/README.md",
            SOURCE + "/issues",
            SOURCE + "/blob/v1.4.0/SECURITY.md#verify-a-release",
            "https://cloud-elements.com");
  }

  @Test
  @EnabledIf("hasJq")
  void changes_are_those_of_the_changelog() throws Exception {
    // Given
    changelog("Security");
    // When
    JsonNode chart = YAML.readTree(output(Map.of(), "chart-metadata", "image"));
    // Then
    assertThat(annotation(chart, "changes"))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.path("kind").asText()).isEqualTo("security");
          assertThat(change.path("description").asText()).isEqualTo("one thing, see install");
        });
    assertThat(chart.at("/annotations/artifacthub.io~1containsSecurityUpdates").asText())
        .isEqualTo("true");
  }

  /** The owner's address is given at the release; no file contains it. */
  @Test
  @EnabledIf("hasJq")
  void a_maintainer_is_named_where_one_is_given() throws Exception {
    // Given
    Map<String, String> maintainer = Map.of("MAINTAINER", "Ann Bee <ann@example.com>");
    // When
    JsonNode chart = YAML.readTree(output(maintainer, "chart-metadata", "image"));
    JsonNode claim = YAML.readTree(output(maintainer, "artifacthub", ID));
    // Then
    JsonNode expected = YAML.readTree("[{name: Ann Bee, email: ann@example.com}]");
    assertThat(chart.path("maintainers")).isEqualTo(expected);
    assertThat(claim.path("owners")).isEqualTo(expected);
  }

  @Test
  void the_claim_has_the_id_of_the_registration() throws Exception {
    // Given // When
    String claim = output(Map.of(), "artifacthub", ID);
    // Then
    assertThat(claim).isEqualTo("repositoryID: " + ID + "\n");
    assertThat(run(Map.of(), "artifacthub", "acme").errors())
        .contains("acme is not the id of a repository on Artifact Hub");
  }

  /** It changes files in place as GNU sed does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void the_bundle_names_the_released_image() throws Exception {
    // Given
    String version = "manifests/connectwise-operator.clusterserviceversion.yaml";
    Path copy = repository.resolve("deploy/olm").resolve(version);
    Files.createDirectories(copy.getParent());
    Files.copy(Path.of("deploy", "olm").resolve(version), copy);
    Files.copy(Path.of("pom.xml"), repository.resolve("pom.xml"), REPLACE_EXISTING);
    // When
    String archive =
        output(Map.of(), "olm", "ghcr.io/acme/operator", "sha256:abc", repository.toString());
    // Then
    String bundle = Command.of(Path.of("tar"), "-xzOf", archive.strip()).run().outputOrThrow();
    assertThat(bundle.split("ghcr.io/acme/operator@sha256:abc\n", -1)).hasSize(4);
    assertThat(YAML.readTree(bundle).at("/metadata/annotations/repository").asText())
        .isEqualTo(SOURCE);
  }

  static boolean hasJq() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq")));
  }

  private void changelog(String kind) throws IOException {
    Files.writeString(
        repository.resolve("CHANGELOG.md"),
        """
        ## [1.4.0] - 2027-01-31

        ### %s

        - one thing,
          see [install](docs/install.md)
        """
            .formatted(kind));
  }

  private String archive(String platform) throws IOException, NoSuchAlgorithmException {
    Path file = repository.resolve("connectwise-operator-1.4.0-" + platform + ".tar.gz");
    Files.writeString(file, platform);
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private static JsonNode annotation(JsonNode chart, String name) throws IOException {
    return YAML.readTree(chart.at("/annotations/artifacthub.io~1" + name).asText());
  }

  private String output(Map<String, String> environment, String... arguments) {
    return run(environment, arguments).outputOrThrow();
  }

  private Command.CommandResult run(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("GITHUB_REPOSITORY", "Acme/operator");
    all.put("HOME", repository.toString());
    return Command.of(repository.resolve("deploy/release.sh"), arguments)
        .withEnvironment(all)
        .run();
  }
}
