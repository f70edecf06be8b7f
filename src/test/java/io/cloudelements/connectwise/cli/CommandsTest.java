package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small commands. */
class CommandsTest {

  /** Whoever types what kubectl shows gets an answer, in any letter case. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsExplained(Reason reason) {
    // Given
    String typed = reason.label().toLowerCase(Locale.ROOT);
    // When
    Shell.Result result = new Shell().runs("explain", typed);
    // Then
    assertThat(result.output())
        .contains(reason.label() + "\n", "It means:", "The operator next:", "You:");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aReasonThatDoesNotExistIsAnsweredWithThoseThatDo() {
    // Given // When
    Shell.Result result = new Shell().runs("explain", "Broken");
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("No reason is called Broken", "AwaitingOutcome");
  }

  @Test
  void versionSaysWhatWasBuilt() {
    // Given // When
    Shell.Result command = new Shell().runs("version");
    Shell.Result option = new Shell().runs("--version");
    // Then
    assertThat(command.output()).isEqualTo("1.2.3 (abc)\n").isEqualTo(option.output());
  }

  /** Without a command the program runs the operator; here it never comes to that. */
  @ParameterizedTest
  @ValueSource(strings = {"run --fast", "plam", "export"})
  void aWrongCommandLineIsAMistakeOfUsage(String line) {
    // Given // When
    Shell.Result result = new Shell().runs(line.split(" "));
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("connectwise-operator ");
    assertThat(result.output()).isEmpty();
  }

  /** A script that the shell cannot read would break every new terminal. */
  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionIsAScript(String shell, @TempDir Path directory) throws Exception {
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

  /** The page belongs to another version of the operator perhaps: what it adds is shown too. */
  @Test
  void orphansAreShownAsATable() throws IOException {
    // Given
    try (Page page =
        Page.of(
            "/orphans",
            200,
            """
            {"orphans":[{"id":1234,"name":"Acme","tags":["a","b"],"elementKey":"connectwisehd",
              "account":"5f2c","createdAt":"2026-11-24T08:00:00Z","extra":true}],"duplicates":[]}
            """)) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.output())
          .isEqualTo(
              """
              Orphans:
              ID     NAME   ELEMENTKEY      ACCOUNT   CREATEDAT              TAGS   EXTRA
              1234   Acme   connectwisehd   5f2c      2026-11-24T08:00:00Z   a,b    true

              No duplicates.
              """);
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void orphansAreShownAsTheyCome() throws IOException {
    // Given
    try (Page page = Page.of("/orphans", 200, "{\"orphans\":[{\"id\":1}],\"duplicates\":[]}")) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url() + "/", "-o", "yaml");
      // Then
      assertThat(result.output()).isEqualTo("orphans:\n- id: 1\nduplicates: []\n");
    }
  }

  @Test
  void aPortThatIsNotTheOperatorsIsSaidToBeSo() throws IOException {
    // Given
    try (Page page = Page.of("/orphans", 404, "<html>")) {
      // When
      Shell.Result result = new Shell().runs("orphans", "--url", page.url());
      // Then
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.errors()).contains(page.url() + "/orphans answers 404");
    }
  }
}
