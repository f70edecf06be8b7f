package io.cloudelements.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator as a program. */
class SimulatorMainTest {

  @Test
  void readsItsOptions() {
    // Given
    List<String> arguments =
        List.of(
            "--host",
            "192.0.2.1",
            "--port",
            "0",
            "--latency",
            "9s..26s",
            "--user",
            "u",
            "--organization",
            "o",
            "--provider",
            "acme/me/a/pass",
            "--tls");

    // When
    CommandLine.Serve serve = (CommandLine.Serve) CommandLine.parse(arguments);

    // Then a password may contain slashes
    assertThat(serve.host()).isEqualTo("192.0.2.1");
    assertThat(serve.port()).isZero();
    assertThat(serve.latency())
        .contains(new Fault.Latency(Duration.ofSeconds(9), Duration.ofSeconds(26)));
    assertThat(serve.user()).isEqualTo("u");
    assertThat(serve.organization()).isEqualTo("o");
    assertThat(serve.providers().getFirst().password()).isEqualTo("a/pass");
    assertThat(serve.tls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port",
        "--port 70000",
        "--port x",
        "--latency soon",
        "--latency 9s..1s",
        "--latency 1s..2s..3s",
        "--provider acme/me",
        "--what",
      })
  void refusesUnknownArguments(String line) {
    // Given
    List<String> arguments = List.of(line.split(" "));

    // When
    CommandLine parsed = CommandLine.parse(arguments);

    // Then
    assertThat(parsed).isInstanceOf(CommandLine.Invalid.class);
  }

  @Test
  void printsTheHelpAndExitsWithTwo() throws Exception {
    // Given
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--what")
            .redirectErrorStream(true)
            .start();

    // When
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    // Then
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).contains("Unknown option --what").contains("--latency MIN..MAX");
  }

  @Test
  void printsItsUrlAndItsUser() {
    // Given
    CommandLine.Serve serve =
        (CommandLine.Serve) CommandLine.parse(List.of("--port", "0", "--user", "alice"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    // When
    SimulatorServer server = SimulatorMain.start(serve, new PrintStream(out, true, UTF_8));

    // Then
    try (server) {
      assertThat(out.toString(UTF_8))
          .contains(server.baseUrl() + "/instances")
          .contains("User alice, Organization demo-organization");
    }
  }
}
