package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A long-running program that never outlives this JVM, however the JVM ends.
 *
 * <p>A shell starts beside it and reads from a pipe whose other end only this JVM holds. When the
 * JVM is gone, by exit, signal or SIGKILL, the kernel closes the pipe, and the shell kills the
 * program. This needs nothing but {@code sh} and is therefore the same on Linux and macOS. No
 * shutdown hook does it: hooks run in parallel, and one here would take the API server away from an
 * operator that is still shutting down in another.
 */
public final class GuardedProcess {

  /**
   * The shell becomes the program ({@code exec}), so that the process id and exit value are the
   * program's own; the watcher is its child. {@code setsid}, where there is one, keeps the
   * terminal's Ctrl-C away from the program, so that the process that started it decides when it
   * ends.
   */
  private static final String GUARD =
      """
      exec 3<&0
      { trap '' HUP INT TERM; read -r _ <&3; kill -KILL $$; } >/dev/null 2>&1 &
      exec 3<&-
      if command -v setsid >/dev/null 2>&1; then exec setsid "$@" </dev/null; fi
      exec "$@" </dev/null
      """;

  private final String name;
  private final Path log;
  private final Process process;

  private GuardedProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param name for messages
   * @param log gets its standard output and error, after what is already there
   * @param directory its working directory
   * @param environment added to this JVM's
   */
  public static GuardedProcess start(
      String name, Path log, Path directory, Map<String, String> environment, List<String> words) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, name));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new GuardedProcess(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end; false when it still runs after that time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  public int exitValue() {
    return process.exitValue();
  }

  /** Asks it to end (SIGTERM) and returns at once. */
  public void terminate() {
    // Process.destroy would close the pipe as well, and with it call the watcher.
    process.toHandle().destroy();
  }

  /** Waits for its end, and kills it when that takes longer than the grace given. */
  public void awaitEnd(Duration grace) {
    try {
      if (endsWithin(grace)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  /** SIGKILL, and back when it is gone; an interrupt is kept for later. */
  public void kill() {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        process.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @throws ControlPlaneException it has ended; the message has the end of its log
   */
  public void requireAlive() {
    if (!isAlive()) {
      throw new ControlPlaneException(
          "%s ended with %d; the end of %s:%n%s"
              .formatted(name, exitValue(), log, String.join(System.lineSeparator(), logTail(30))));
    }
  }

  /** The last lines of its log. */
  public List<String> logTail(int lines) {
    try (Stream<String> all = Files.lines(log, StandardCharsets.UTF_8)) {
      List<String> kept = all.collect(Collectors.toList());
      return kept.subList(Math.max(0, kept.size() - lines), kept.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
