package io.cloudelements.connectwise.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.instance.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The chart's alerts: when each fires, when not, and the runbook that it names. */
class AlertRulesTest {
  static final Path RULES = Path.of("charts", "connectwise-operator", "files", "alerts.yaml");
  private static final Path CASES =
      Path.of("src", "integration-tests", "src", "test", "resources", "alerts", "alerts-test.yaml");
  private static final Path RUNBOOKS = Path.of("docs", "runbooks.md");

  /** Promtool accepts the rules, and each alert fires in its case. */
  @Test
  @NeedsPrometheus
  void alertsPassTheirPromtoolCases(PrometheusBinaries prometheus) {
    // Given
    Command.CommandResult check = prometheus.promtool("check", "rules", RULES.toString());
    // When
    Command.CommandResult test = prometheus.promtool("test", "rules", CASES.toString());
    // Then
    System.out.print(check.output() + test.output());
    assertThat(check.succeeded()).as("%s", check).isTrue();
    assertThat(test.succeeded()).as("%s", test).isTrue();
  }

  /** A rule without a firing case is untested. */
  @Test
  void eachAlertHasAFiringAndAQuietCase() throws IOException {
    // Given
    List<JsonNode> cases =
        StreamSupport.stream(yaml(CASES).get("tests").spliterator(), false)
            .flatMap(one -> StreamSupport.stream(one.get("alert_rule_test").spliterator(), false))
            .toList();
    // When
    List<String> firing = names(cases, true);
    List<String> quiet = names(cases, false);
    // Then
    assertThat(firing).containsAll(alerts());
    assertThat(quiet).containsAll(alerts());
  }

  private static List<String> names(List<JsonNode> cases, boolean firing) {
    return cases.stream()
        .filter(one -> one.get("exp_alerts").isEmpty() != firing)
        .map(one -> one.get("alertname").asText())
        .toList();
  }

  /** An alert must name the page that says what to do. */
  @Test
  void eachAlertHasARunbook() throws IOException {
    // Given
    List<String> sections =
        Files.readAllLines(RUNBOOKS).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    // When
    List<String> links =
        StreamSupport.stream(rules().spliterator(), false)
            .map(rule -> rule.at("/annotations/runbook_url").asText())
            .toList();
    // Then
    assertThat(sections).containsExactlyElementsOf(alerts());
    assertThat(links)
        .containsExactlyElementsOf(
            alerts().stream()
                .map(name -> "docs/runbooks.md#" + name.toLowerCase(Locale.ROOT))
                .toList());
  }

  /** A reason that waits for a person must be in an alert. */
  @Test
  void eachReasonThatNeedsAPersonIsInExactlyOneAlert() throws IOException {
    // Given
    TreeSet<String> needed =
        Arrays.stream(Reason.values())
            .filter(reason ->
                switch (reason.kind()) {
                  case STALLED, WITHHELD, REFUSED, DELETION_BLOCKED -> true;
                  case DEGRADED -> reason == Reason.INVALID;
                  case READY,
                      PROGRESSING,
                      PLANNED,
                      SUSPENDED,
                      RETRYING,
                      UNKNOWN,
                      DELETING,
                      FINISHED ->
                      false;
                })
            .map(Reason::label)
            .collect(Collectors.toCollection(TreeSet::new));
    // When
    List<String> covered =
        StreamSupport.stream(rules().spliterator(), false)
            .map(rule -> rule.get("expr").asText())
            .flatMap(expression ->
                Pattern.compile("connectwise_resources\\{reason=~?\"([^\"]+)\"")
                    .matcher(expression)
                    .results()
                    .flatMap(found -> Arrays.stream(found.group(1).split("\\|"))))
            .toList();
    // Then
    assertThat(covered).containsExactlyInAnyOrderElementsOf(needed);
  }

  private static List<String> alerts() throws IOException {
    return StreamSupport.stream(rules().spliterator(), false)
        .map(rule -> rule.get("alert").asText())
        .toList();
  }

  private static JsonNode rules() throws IOException {
    return yaml(RULES).at("/groups/0/rules");
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }
}
