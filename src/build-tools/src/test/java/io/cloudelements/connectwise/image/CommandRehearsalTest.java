package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cli.Main;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRehearsalTest {
  /** A read that the stub does not answer would leave half of the command out of the cache. */
  @Test
  void comesToItsEndOnTheStub() throws Exception {
    // Given
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    // When
    int exit = CommandRehearsal.run(program);
    // Then
    assertThat(exit).isEqualTo(CommandRehearsal.NOT_READY);
  }

  /** The archive would be made with a cache that lacks it. */
  @Test
  void refusesAProgramThatDoesSomethingElse() throws Exception {
    // Given
    List<String> program = List.of("true");
    // When
    int exit = CommandRehearsal.run(program);
    // Then
    assertThat(exit).isNotEqualTo(CommandRehearsal.NOT_READY);
  }
}
