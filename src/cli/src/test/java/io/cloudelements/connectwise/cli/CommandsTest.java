package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.drift.Orphans;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small commands. */
class CommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  /** The reasons that kubectl shows are accepted in any letter case. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void explainsEveryReason(Reason reason) {
    // Given
    String typed = reason.label().toLowerCase(Locale.ROOT);
    // When
    Shell.Result result = new Shell().runs("explain", typed);
    // Then
    assertThat(result.output())
        .contains(reason.label() + "\n", "It means:", "The operator next:", "You:");
    assertThat(result.exitCode()).isZero();
  }

  /** Every condition of an account carries one of these, which kubectl get cea shows. */
  @ParameterizedTest
  @EnumSource(AccountReason.class)
  void explainsEveryReasonOfAnAccount(AccountReason reason) {
    // Given
    String typed = reason.label().toLowerCase(Locale.ROOT);
    // When
    Shell.Result result = new Shell().runs("explain", typed);
    // Then
    assertThat(result.output())
        .containsPattern(
            "(?m)^%s\n  Of a: +CloudElementsAccount\n  It means: ".formatted(reason.label()));
    assertThat(result.exitCode()).isZero();
  }

  /** A reason of both kinds is not the same for both. */
  @Test
  void explainsAReasonThatBothKindsHave() {
    // Given // When
    Shell.Result result = new Shell().runs("explain", "SecretNotFound", "-o", "yaml");
    // Then
    assertThat(result.output())
        .contains("kind: ConnectWiseInstance\n", "kind: CloudElementsAccount\n")
        .contains("kubectl -n NAMESPACE create secret generic SECRET");
  }

  @Test
  void listsTheReasonsForAnUnknownOne() {
    // Given // When
    Shell.Result result = new Shell().runs("explain", "Broken");
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors())
        .contains("No reason is called Broken", "AwaitingOutcome", "IdentityChanged");
  }

  @Test
  void versionPrintsVersionAndCommit() {
    // Given // When
    Shell.Result command = new Shell().runs("version");
    Shell.Result option = new Shell().runs("--version");
    // Then
    assertThat(command.output()).isEqualTo("1.2.3 (abc)\n").isEqualTo(option.output());
  }

  /** A wrong command line is a usage error, and does not start the operator. */
  @ParameterizedTest
  @ValueSource(strings = {"run --fast", "plam", "export"})
  void aWrongCommandLineIsAUsageError(String line) {
    // Given // When
    Shell.Result result = new Shell().runs(line.split(" "));
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("connectwise-operator ");
    assertThat(result.output()).isEmpty();
  }

  /** One that is asked for by its name is described alone. */
  @Test
  void everyCommandOfTheHelpIsFoundByItsName() {
    // Given
    String help = new Shell().runs("--help").output();
    List<String> names =
        help.substring(help.indexOf("Commands:"))
            .lines()
            .filter(line -> line.matches("  \\w.*"))
            .map(line -> line.trim().split(" ")[0])
            .toList();
    // When // Then
    assertThat(names).contains("run", "plan", "why", "version");
    assertThat(names)
        .allSatisfy(name ->
            assertThat(new Shell().runs(name, "--help").output())
                .startsWith("Usage: connectwise-operator " + name));
  }

  /** A script that the shell cannot read would break every new terminal. */
  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionIsAValidScript(String shell, @TempDir Path directory) throws Exception {
    // Given
    String script = new Shell().runs("completion", shell).output();
    Path file = Files.writeString(directory.resolve("completion"), script);
    // When
    Process check = new ProcessBuilder("bash", "-n", file.toString()).start();
    // Then
    assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).isZero();
    assertThat(script).contains("plan", "--cluster-name", "AwaitingOutcome");
  }

  @Test
  void listsOrphansAndDuplicatesOfEveryAccount() throws IOException {
    // Given
    OrphanReport report = new OrphanReport(Optional.empty());
    report.found(
        "5f2c0c9a1b7e",
        Orphans.find(
            "5f2c0c9a1b7e",
            listing(item(1234, "gone"), item(1, "acme"), item(9, "acme")),
            Map.of(
                tag("acme").value(),
                new Orphans.KnownResource(
                    id("acme"), Optional.of("5f2c0c9a1b7e"), Optional.of(1L)))),
        NOW);
    report.found("77aa", Orphans.find("77aa", listing(item(5678, "gone too")), Map.of()), NOW);
    report.compareWith(() ->
        Map.of(
            tag("acme").value(),
            new Orphans.KnownResource(id("acme"), Optional.of("77aa"), Optional.of(5678L))));
    try (Page page = served(report)) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.output())
          .isEqualTo(
              """
              Orphans:
              ACCOUNT        INSTANCE   NAME       ELEMENT         CAUSE        CLAIMED BY          CREATED                TAGS
              5f2c0c9a1b7e   1234       gone       connectwisehd   NoResource   <none>              2026-11-24T09:00:00Z   %s
              77aa           5678       gone too   connectwisehd   NoResource   integrations/acme   2026-11-24T09:00:00Z   %s

              Duplicates:
              ACCOUNT        NAMESPACE      NAME   IN USE   FURTHER
              5f2c0c9a1b7e   integrations   acme   1        9
              """
                  .formatted(tag("gone").value(), tag("gone too").value()));
      assertThat(result.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void succeedsWithoutOrphans() throws IOException {
    // Given
    OrphanReport report = new OrphanReport(Optional.empty());
    report.found("77aa", Orphans.find("77aa", listing(), Map.of()), NOW);
    try (Page page = served(report)) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.output()).isEqualTo("No orphans.\n\nNo duplicates.\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  /** A later operator may add fields: JSON and YAML keep them, and nothing stumbles over them. */
  @Test
  void yamlOutputKeepsUnknownFields() throws IOException {
    // Given
    OrphanReport report = new OrphanReport(Optional.empty());
    report.found("77aa", Orphans.find("77aa", listing(), Map.of()), NOW);
    String later = report.page(NOW).toJson().replaceFirst("\\{", "{\"added\": true,");
    try (Page page = Page.of("/orphans", 200, later)) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url() + "/", "-o", "yaml");
      // Then
      assertThat(result.output())
          .isEqualTo(
              """
              added: true
              enabled: true
              accounts:
              - account: "77aa"
                listedAt: "2026-11-24T10:00:00Z"
                orphans: []
                duplicates: []
              """);
    }
  }

  /** An operator without orphan scans must not look like an account without orphans. */
  @Test
  void failsWhenTheOrphanScanIsOff() throws IOException {
    // Given
    try (Page page = served(new OrphanReport(Optional.of("ORPHAN_SCAN_INTERVAL is 0")))) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.errors()).contains("does not look for orphans: ORPHAN_SCAN_INTERVAL is 0");
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  /** A replica that does not lead has an empty page, and so has one that has just started. */
  @Test
  void failsWhenNoAccountHasBeenListed() throws IOException {
    // Given
    try (Page page = served(new OrphanReport(Optional.empty()))) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.errors()).contains("No account has been listed");
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void reportsAPortThatIsNotTheOperators() throws IOException {
    // Given
    try (Page page = Page.of("/orphans", 404, "<html>")) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.errors()).contains(page.url() + "/orphans answers 404");
    }
  }

  /** Names of instances are other people's. */
  @Test
  void orphansEscapesControlCharactersInNames() throws IOException {
    // Given
    OrphanReport report = new OrphanReport(Optional.empty());
    String hostile = "a\u001b[2J\u009b31m\u202edrow\u200b\r\nNo orphans.";
    report.found("77aa", Orphans.find("77aa", listing(item(5, hostile)), Map.of()), NOW);
    try (Page page = served(report)) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.output())
          .contains("a\\u001b[2J\\u009b31m\\u202edrow\\u200b\\u000d\\u000aNo orphans.");
      assertThat(result.output().replace("\n", ""))
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }
  }

  /** JSON alone is no report: the page of another program, or of an operator without accounts. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"orphans\":[],\"duplicates\":[]}", "[]", "{}", "null", ""})
  void refusesThePageOfAnotherProgram(String body) throws IOException {
    // Given
    try (Page page = Page.of("/orphans", 200, body)) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.errors()).contains("does not answer with a report of orphans");
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  private static Page served(OrphanReport report) throws IOException {
    return Page.of(OrphanPage.PATH, 200, report.page(NOW).toJson());
  }

  private static ResourceId id(String resource) {
    return new ResourceId("integrations", resource);
  }

  private static OwnershipTag tag(String resource) {
    return OwnershipTag.of("test", id(resource));
  }

  private static ListedInstance item(long id, String resource) {
    return new ListedInstance(
        id,
        Optional.of(resource),
        Optional.of("connectwisehd"),
        Optional.of(Set.of(tag(resource).value())),
        Optional.of(true),
        Optional.empty(),
        Optional.of(NOW.minusSeconds(3600)));
  }

  private static AccountInstances listing(ListedInstance... items) {
    return new AccountInstances(List.of(items), OwnershipTag.clusterPart("test"));
  }
}
