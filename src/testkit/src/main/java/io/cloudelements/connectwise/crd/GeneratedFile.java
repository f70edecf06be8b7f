package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that a program writes.
 *
 * @param command that writes it anew
 */
public record GeneratedFile(Path path, String command) {

  /** Fails with the command when the committed file is another one. */
  public void assertIs(String current) {
    assertThat(committed())
        .as("%s is out of date. Write it anew: %s", path, command)
        .isEqualTo(current);
  }

  public String committed() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
