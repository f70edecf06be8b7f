package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.chart.ProjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links, commands and names in the documents work. */
class DocumentsTest {
  /**
   * What becomes of a block of commands: {@code run} by a test, {@code build} checked below, {@code
   * demo} the script that the demo's own tests start, {@code release} run by
   * deploy/release-test.sh, {@code cluster} only with a cluster of one's own.
   */
  private static final Set<String> MARKS = Set.of("run", "build", "demo", "release", "cluster");

  private static final Pattern TEST_NAMES = Pattern.compile("-D(?:it\\.)?test=([\\w,]+)");
  private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");
  private static final Pattern VERSION =
      Pattern.compile(
          "(?:connectwise-operator|cloud-elements-simulator):(\\d[\\w.-]*)|--version (\\d[\\w.-]*)");
  private static final Pattern EXECUTION = Pattern.compile("exec:exec@(\\w+)");

  static List<Markdown> documents() {
    return Markdown.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksHaveATarget(Markdown document) {
    // Given
    Stream<String> links =
        document.links().stream().filter(link -> !link.matches("(https|mailto):.*"));
    // When
    List<String> broken = links.filter(link -> !leadsSomewhere(document, link)).toList();
    // Then
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Markdown from, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? from.file() : from.file().resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || Markdown.of(target).anchors().contains(parts[1]));
  }

  /** Readers type every command, so each has a mark that says where it is run. */
  @ParameterizedTest
  @MethodSource("documents")
  void commandsHaveAMark(Markdown document) {
    // Given
    Stream<Markdown.Block> commands =
        document.blocks().stream()
            .filter(block -> Set.of("sh", "bash", "shell", "console").contains(block.language()));
    // When
    List<String> unmarked =
        commands.filter(block -> !MARKS.contains(block.mark())).map(Markdown.Block::text).toList();
    // Then
    assertThat(unmarked).isEmpty();
  }

  /** A renamed test or generator would leave its command behind. */
  @Test
  void buildCommandsNameExistingTestsAndGenerators() throws IOException {
    // Given
    String commands =
        documents().stream()
            .flatMap(document -> document.blocks().stream())
            .filter(block -> block.mark().equals("build"))
            .map(Markdown.Block::text)
            .collect(Collectors.joining());
    String poms = poms();
    Set<String> classes = testClasses();
    // When
    List<String> tests =
        TEST_NAMES
            .matcher(commands)
            .results()
            .flatMap(match -> Stream.of(match.group(1).split(",")))
            .toList();
    List<String> executions =
        EXECUTION.matcher(commands).results().map(match -> match.group(1)).toList();
    // Then
    assertThat(tests).isNotEmpty().allMatch(classes::contains);
    assertThat(executions).isNotEmpty().allMatch(id -> poms.contains("<id>" + id + "</id>"));
  }

  /** A test that a document names must exist. */
  @Test
  void tests_that_documents_name_exist() throws IOException {
    // Given
    Set<String> classes = testClasses();
    // When
    List<String> named =
        documents().stream()
            .flatMap(document -> NAMED_TEST.matcher(document.text()).results())
            .map(match -> match.group(1))
            .distinct()
            .toList();
    // Then
    assertThat(named).contains("ReleaseWorkflowTest").isSubsetOf(classes);
  }

  private static String poms() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of("src"))) {
      StringBuilder poms = new StringBuilder();
      for (Path pom : modules.map(m -> m.resolve("pom.xml")).filter(Files::exists).toList()) {
        poms.append(Files.readString(pom));
      }
      return poms.toString();
    }
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  /** One source has the version; a command that names another installs something else. */
  @ParameterizedTest
  @MethodSource("documents")
  void commandsNameThisVersion(Markdown document) {
    // When
    Stream<String> versions =
        document.blocks().stream()
            .flatMap(block -> VERSION.matcher(block.text()).results())
            .flatMap(found -> Stream.of(found.group(1), found.group(2)))
            .filter(Objects::nonNull);
    // Then
    assertThat(versions).allMatch(ProjectVersion.read()::equals);
  }

  /** Every page can be found from the index. */
  @Test
  void indexListsEveryPage() throws IOException {
    // Given
    Markdown index = Markdown.of(Path.of("docs/README.md"));
    // When
    List<String> pages;
    try (Stream<Path> files = Files.list(Path.of("docs"))) {
      pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
              .toList();
    }
    // Then
    assertThat(index.links()).containsAll(pages);
  }
}
