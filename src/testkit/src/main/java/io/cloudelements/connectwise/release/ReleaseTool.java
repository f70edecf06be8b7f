package io.cloudelements.connectwise.release;

import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.cluster.Located;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that {@code deploy/release.sh} builds from a Go module, or finds in the user's cache.
 *
 * @param program where it is
 */
public record ReleaseTool(Path program) {
  /** What makes a release. */
  public static final Path SCRIPT = Path.of("deploy", "release.sh");

  private static final Duration BUILD = Duration.ofMinutes(15);

  static Located<ReleaseTool> locate(String name) {
    Command.CommandResult result =
        Command.of(SCRIPT, "tool", name).withEnvironment(System.getenv()).within(BUILD).run();
    return result.succeeded()
        ? new Located.Found<>(new ReleaseTool(Path.of(result.output().strip())))
        : new Located.Missing<>(
            result.errors().lines().reduce(name + " is missing", (_, last) -> last));
  }

  /** A run of it, to which an environment can be added. */
  public Command command(String... arguments) {
    return Command.of(program, arguments);
  }
}
