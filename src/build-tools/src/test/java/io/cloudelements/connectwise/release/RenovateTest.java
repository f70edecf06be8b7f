package io.cloudelements.connectwise.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates that are known to break are not proposed, and none is overlooked. */
class RenovateTest {
  private static JsonNode configuration;

  @BeforeAll
  static void read() throws IOException {
    configuration = new ObjectMapper().readTree(Path.of(".github", "renovate.json").toFile());
  }

  /** Why each limit is there is written beside it, and beside the version in pom.xml. */
  @ParameterizedTest
  @CsvSource({
    "io.javaoperatorsdk:**, 5.2.4, 5.3.0",
    "io.javaoperatorsdk:**, 5.5.0, 5.4.2",
    "io.fabric8:**, 7.9.1, 7.8.0",
    "io.fabric8:**, 7.10.0, 8.0.0",
    "io.vertx:**, 4.5.27, 4.5.31",
    "io.vertx:**, 4.5.37, 5.0.0"
  })
  void a_version_that_breaks_is_not_proposed(String dependency, String allowed, String refused) {
    // Given
    String limit =
        rules()
            .filter(rule -> names(rule).equals(List.of(dependency)))
            .map(rule -> rule.path("allowedVersions").asText())
            .filter(versions -> versions.startsWith("!/") && versions.endsWith("/"))
            .findFirst()
            .orElseThrow();
    // When
    Pattern broken = Pattern.compile(limit.substring(2, limit.length() - 1));
    // Then
    assertThat(broken.matcher(refused).find()).isTrue();
    assertThat(broken.matcher(allowed).find()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"com.fasterxml.jackson**, <2.22", "org.junit**, <6"})
  void a_version_has_an_upper_limit(String dependency, String limit) {
    assertThat(rules().filter(rule -> names(rule).equals(List.of(dependency))))
        .anyMatch(rule -> rule.path("allowedVersions").asText().equals(limit));
  }

  /** An update of one alone would fail the build. */
  @Test
  void dependent_libraries_are_updated_together() {
    // Given // When
    Stream<JsonNode> groups =
        rules().filter(rule -> rule.path("groupName").asText().equals("Kubernetes client"));
    // Then
    assertThat(groups.map(RenovateTest::names))
        .containsExactly(List.of("io.fabric8:**", "io.vertx:**", "com.fasterxml.jackson**"));
  }

  @Test
  void every_kind_of_dependency_is_watched() {
    // Given // When
    List<String> managers = texts(configuration.path("enabledManagers"));
    // Then
    assertThat(managers)
        .contains("maven", "maven-wrapper", "dockerfile", "github-actions", "helm-values");
    assertThat(texts(configuration.path("extends")))
        .contains("docker:pinDigests", "helpers:pinGitHubActionDigests");
  }

  /** A pattern that finds nothing says nothing. */
  @ParameterizedTest
  @CsvSource({
    "0, deploy/release.sh, 8",
    "1, deploy/release.sh, 1",
    "2, src/testkit/src/main/java/io/cloudelements/connectwise/cluster/ControlPlaneBinaries.java, 1"
  })
  void versions_outside_of_manifests_are_found(int manager, Path file, int expected)
      throws IOException {
    // Given
    JsonNode custom = configuration.path("customManagers").path(manager);
    String place = custom.at("/managerFilePatterns/0").asText();
    // When
    Matcher versions =
        Pattern.compile(custom.at("/matchStrings/0").asText()).matcher(Files.readString(file));
    // Then
    assertThat(file.toString()).containsPattern(place.substring(1, place.length() - 1));
    assertThat(versions.results()).hasSize(expected);
  }

  private static Stream<JsonNode> rules() {
    return StreamSupport.stream(configuration.path("packageRules").spliterator(), false);
  }

  private static List<String> names(JsonNode rule) {
    return texts(rule.path("matchPackageNames"));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
