package io.cloudelements.connectwise.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster is used only with its user's consent. */
class DemoApprovalTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "Yes\n"})
  void aPersonMayAgree(String answer) {
    // When
    consent(false, answer).require("Context kind-dev");
    // Then
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("Context kind-dev%nGo on? [y/N] ".formatted());
  }

  /** Return alone is no consent, and neither is the end of the input. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "n\n", "yesterday\n", ""})
  void anyOtherAnswerIsARefusal(String answer) {
    DemoApproval consent = consent(false, answer);
    assertThatThrownBy(() -> consent.require("Context kind-dev"))
        .isInstanceOf(DemoFailure.class)
        .hasMessage("Nothing was changed.");
  }

  /** A pipeline has no terminal. */
  @Test
  void withoutATerminalItIsRefused() {
    DemoApproval consent = new DemoApproval(false, Optional.empty(), stream());
    assertThatThrownBy(() -> consent.require("Context kind-dev"))
        .isInstanceOf(DemoFailure.class)
        .hasMessageContaining("no terminal")
        .hasMessageContaining("--yes");
  }

  /** The commands are shown nevertheless. */
  @Test
  void consentOfTheCommandLineIsEnough() {
    // When
    new DemoApproval(true, Optional.empty(), stream()).require("Context kind-dev");
    // Then
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("Context kind-dev%n".formatted());
  }

  private DemoApproval consent(boolean given, String answer) {
    return new DemoApproval(
        given, Optional.of(new BufferedReader(new StringReader(answer))), stream());
  }

  private PrintStream stream() {
    return new PrintStream(shown, true, StandardCharsets.UTF_8);
  }
}
