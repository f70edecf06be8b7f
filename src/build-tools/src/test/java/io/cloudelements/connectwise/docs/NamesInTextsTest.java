package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cloudelements.CallOutcome;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.config.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Readers type the names in texts, so each name must exist. */
class NamesInTextsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final Pattern GROUP_NAME = Pattern.compile("cloudelements\\.io/[A-Za-z0-9._-]*");

  /** In the chart's policies a name stands in quotes of CEL. */
  private static final Pattern QUOTED_NAME =
      Pattern.compile("[\"'](cloudelements\\.io/[a-z0-9-]+)[\"']");

  /** Not the names of a scanner's checks. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\b(?!CKV)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

  /**
   * Read by the JVM, the launcher, the kubelet or the tests; a variable of the repository for its
   * release; an argument of the smoke test; two names in a schedule; a file.
   */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "ARTIFACTHUB_ID",
          "BASE_URL",
          "CODE_OF_CONDUCT",
          "GITHUB_REPOSITORY",
          "JDK_JAVA_OPTIONS",
          "JAVA_OPTS",
          "KUBERNETES_SERVICE_HOST",
          "KUBEBUILDER_ASSETS",
          "CREATE_HELPDESK",
          "APPLIED_RESPONSE_LOST");

  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:^\\s*|[`|(] ?)(?:connectwise-operator|kubectl cwi) ([a-z]+)\\b(.*)");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

  private static final Pattern FIELD =
      Pattern.compile("(?<![\\w.])(?:spec|status)(?:\\.[a-z][A-Za-z]*)+");

  private static final Pattern CHART_VALUE =
      Pattern.compile("`([a-z][A-Za-z]*(?:\\.[a-z][A-Za-z]*)+)(?:: [^`]*)?`");

  private static final Pattern CALL_OUTCOME =
      Pattern.compile(
          "connectwise_remote_call[a-z_]+\\{[^}]*outcome(?:=~|!~|!=|=)\\\\?\"([^\"\\\\]*)");

  /** Pauses, checks and reconciles have names; these are others for them. */
  private static final Pattern REPLACED =
      Pattern.compile("(?i)\\b(asked to be left alone|next look|the look brought)\\b");

  private static final Pattern METRIC = Pattern.compile("\\bconnectwise_[a-z_]+[a-z]\\b");

  /** Annotations, labels and finalizers: one exists when a class or a policy has it by itself. */
  @Test
  void annotationsExist() {
    // Given
    Set<String> known =
        RepositoryText.all().stream()
            .flatMap(text ->
                text.place().endsWith(".class")
                    ? Stream.of(text.text())
                    : QUOTED_NAME.matcher(text.text()).results().map(found -> found.group(1)))
            .filter(name -> name.matches("cloudelements\\.io/[a-z0-9-]*[a-z0-9]"))
            .collect(Collectors.toCollection(TreeSet::new));
    known.add("cloudelements.io/v1");
    known.add("cloudelements.io/ConnectWiseInstance"); // the kind, as Argo CD writes it
    // When
    List<String> unknown = unknown(RepositoryText.all(), GROUP_NAME, name -> known.contains(name));
    // Then
    assertThat(known).contains("cloudelements.io/take-over", "cloudelements.io/prevent-deletion");
    assertThat(unknown).isEmpty();
  }

  /** In constants of classes only within sentences: enumerations have names of that form too. */
  @Test
  void environmentVariablesExist() throws IOException {
    // Given
    Set<String> settings =
        Arrays.stream(Setting.values()).map(Setting::name).collect(Collectors.toSet());
    Set<String> arguments = argumentsOfTheDockerfile();
    List<RepositoryText> texts =
        RepositoryText.all().stream()
            .filter(text -> !text.place().endsWith(".class") || text.text().contains(" "))
            .toList();
    // When
    List<String> unknown =
        unknown(
            texts,
            VARIABLE,
            name ->
                settings.contains(name)
                    || arguments.contains(name)
                    || NO_SETTINGS.contains(name)
                    || name.startsWith("OTEL_"));
    // Then
    assertThat(unknown).isEmpty();
  }

  private static Set<String> argumentsOfTheDockerfile() throws IOException {
    return Files.readAllLines(Path.of("Dockerfile")).stream()
        .filter(line -> line.startsWith("ARG "))
        .map(line -> line.replaceFirst("ARG (\\w+).*", "$1"))
        .collect(Collectors.toSet());
  }

  @Test
  void commandsAndTheirOptionsExist() {
    // Given
    List<String> lines =
        RepositoryText.all().stream()
            .flatMap(text -> COMMAND.matcher(text.text()).results())
            .map(found -> found.group(1) + found.group(2).replaceFirst("`.*", ""))
            .distinct()
            .toList();
    // When
    List<String> unknown = lines.stream().filter(line -> !isCommand(line)).toList();
    // Then
    assertThat(lines).contains("orphans", "plan --cluster-name prod-eu deploy/samples");
    assertThat(unknown).isEmpty();
  }

  private static boolean isCommand(String line) {
    CommandRun help = help(line);
    return help.exitCode() == 0
        && OPTION
            .matcher(line)
            .results()
            .allMatch(option -> help.output().contains(option.group()));
  }

  /** Of the command below another one, where the second word names one. */
  private static CommandRun help(String line) {
    String[] words = line.split(" ");
    String command = words[0].replaceFirst("\\W.*", "");
    if (words.length > 1 && words[1].matches("[a-z]+")) {
      CommandRun below = CommandRun.of(command, words[1], "--help");
      if (below.output().contains("connectwise-operator " + command + " " + words[1])) {
        return below;
      }
    }
    return CommandRun.of(command, "--help");
  }

  @Test
  void fieldsOfTheResourceExist() throws IOException {
    // Given
    List<JsonNode> schemas = schemas();
    List<RepositoryText> texts =
        Stream.concat(RepositoryText.documents().stream(), RepositoryText.constants().stream())
            .toList();
    // When
    List<String> unknown =
        unknown(texts, FIELD, name -> schemas.stream().anyMatch(schema -> exists(schema, name)));
    // Then
    assertThat(unknown).isEmpty();
  }

  private static List<JsonNode> schemas() throws IOException {
    List<JsonNode> schemas = new ArrayList<>();
    try (DirectoryStream<Path> definitions = Files.newDirectoryStream(CrdFile.FOLDER)) {
      for (Path definition : definitions) {
        schemas.add(
            YAML.readTree(definition.toFile()).at("/spec/versions/0/schema/openAPIV3Schema"));
      }
    }
    return schemas;
  }

  /**
   * A name that begins like a value of the chart must be one; documents put it between backticks.
   */
  @Test
  void valuesOfTheChartExist() throws IOException {
    // Given
    JsonNode schema =
        YAML.readTree(Path.of("charts", "connectwise-operator", "values.schema.json").toFile());
    // When
    List<String> unknown =
        unknown(
            RepositoryText.documents(),
            CHART_VALUE,
            name ->
                !schema.path("properties").has(name.substring(0, name.indexOf('.')))
                    || exists(schema, name));
    // Then
    assertThat(unknown).isEmpty();
  }

  /** The table of docs/metrics.md is held against a scrape elsewhere. */
  @Test
  void metricsExist() {
    // Given
    String table = Markdown.of(Path.of("docs", "metrics.md")).text();
    // When
    List<String> unknown =
        unknown(
            RepositoryText.all(),
            METRIC,
            name ->
                table.contains("| `" + name.replaceFirst("_(bucket|count|sum|max)$", "") + "`"));
    // Then
    assertThat(unknown).isEmpty();
  }

  /** An alert on an outcome that no call has would never fire. */
  @Test
  void outcomesOfCallsExist() {
    // Given
    Set<String> known =
        Arrays.stream(CallOutcome.values()).map(CallOutcome::label).collect(Collectors.toSet());
    // When
    List<String> named =
        RepositoryText.all().stream()
            .flatMap(text -> CALL_OUTCOME.matcher(text.text()).results())
            .flatMap(found -> Stream.of(found.group(1).split("[|]")))
            .toList();
    // Then
    assertThat(named).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void replacedWordsDoNotReturn() {
    // Given
    List<RepositoryText> texts = RepositoryText.all();
    // When
    List<String> found = unknown(texts, REPLACED, _ -> false);
    // Then
    assertThat(found).isEmpty();
  }

  /** Each name with its place; the last group of the pattern is the name. */
  private static List<String> unknown(
      List<RepositoryText> texts, Pattern pattern, Predicate<String> exists) {
    return texts.stream()
        .flatMap(text ->
            pattern
                .matcher(text.text())
                .results()
                .map(found -> found.group(found.groupCount()))
                .map(name -> name.replaceFirst("\\.$", ""))
                .filter(exists.negate())
                .map(name -> name + " in " + text))
        .distinct()
        .toList();
  }

  /** Whether a path leads somewhere; what a schema leaves open, a name may go on into. */
  private static boolean exists(JsonNode schema, String path) {
    JsonNode at = schema;
    for (String part : path.split("\\.")) {
      JsonNode open = at.has("items") ? at.path("items") : at;
      if (!open.path("properties").has(part)) {
        return !open.has("properties") && !open.path("type").asText().matches("string|boolean");
      }
      at = open.path("properties").path(part);
    }
    return true;
  }
}
