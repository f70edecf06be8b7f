package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One run of a short-lived program to its end.
 *
 * @param words the program and its arguments
 * @param environment all that it sees besides {@code PATH}
 * @param input its standard input
 * @param deadline it is killed after that
 */
public record Command(
    List<String> words, Map<String, String> environment, String input, Duration deadline) {

  private static final Executor READERS = task -> Thread.ofVirtual().start(task);

  /**
   * How a run ended.
   *
   * @param command for messages
   */
  public record CommandResult(String command, int exitCode, String output, String errors) {

    /** Both streams, the output first. */
    public List<String> lines() {
      return (output + errors).lines().toList();
    }

    public boolean succeeded() {
      return exitCode == 0;
    }

    /**
     * @throws ControlPlaneException with what the program wrote to standard error
     */
    public String outputOrThrow() {
      if (!succeeded()) {
        throw new ControlPlaneException(
            "%s ended with %d: %s".formatted(command, exitCode, errors.strip()));
      }
      return output;
    }
  }

  public static Command of(Path program, String... arguments) {
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(List.of(arguments));
    return new Command(List.copyOf(words), Map.of(), "", Duration.ofMinutes(1));
  }

  /** A program in a JVM of its own, with the class path of this one. */
  public static Command ofJava(Class<?> program, String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    words.addAll(List.of(arguments));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return of(java, words.toArray(String[]::new));
  }

  public Command withEnvironment(Map<String, String> more) {
    return new Command(words, Map.copyOf(more), input, deadline);
  }

  public Command within(Duration limit) {
    return new Command(words, environment, input, limit);
  }

  public Command withInput(String text) {
    return new Command(words, environment, text, deadline);
  }

  public CommandResult run() {
    ProcessBuilder builder = new ProcessBuilder(words);
    String path = builder.environment().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture<String> output = read(process.getInputStream());
      CompletableFuture<String> errors = read(process.getErrorStream());
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new ControlPlaneException(
            "%s did not end within %s and was killed.".formatted(line(), deadline));
      }
      return new CommandResult(line(), process.exitValue(), output.join(), errors.join());
    } catch (IOException e) {
      throw new UncheckedIOException(line() + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneException("Interrupted while waiting for " + line(), e);
    }
  }

  /** Like {@link #run}; what cannot be executed has ended with 126, as in a shell. */
  CommandResult attempt() {
    try {
      return run();
    } catch (UncheckedIOException e) {
      return new CommandResult(line(), 126, "", String.valueOf(e.getMessage()));
    }
  }

  private String line() {
    return Path.of(words.getFirst()).getFileName()
        + " "
        + String.join(" ", words.subList(1, words.size()));
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        READERS);
  }
}
