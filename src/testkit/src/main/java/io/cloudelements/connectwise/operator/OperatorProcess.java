package io.cloudelements.connectwise.operator;

import io.cloudelements.connectwise.OperatorMain;
import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.cloudelements.simulator.SimulatorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The actor "operator": the program itself in a JVM of its own, as a pod would run it. It never
 * outlives the tests' JVM.
 *
 * <p>By default it watches everything, names its cluster {@code test}, elects no leader and logs
 * text; {@code extraEnvironment} overrides any of it ({@code WATCH_NAMESPACES}, {@code
 * LEADER_ELECTION}, {@code JAVA_TOOL_OPTIONS}, …). It is a service account with the {@linkplain
 * OperatorRights rights} that the chart renders for these settings, which are granted before the
 * first start; {@code KUBECONFIG} gives it another identity.
 */
public final class OperatorProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(35);
  private static final Pattern PORT = Pattern.compile("Probes and metrics are on port (\\d+)");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final GuardedProcess process;
  private final Path log;
  private final long startedAt;
  private Duration startup = Duration.ZERO;

  private OperatorProcess(GuardedProcess process, Path log, long startedAt) {
    this.process = process;
    this.log = log;
    this.startedAt = startedAt;
  }

  /** Starts it and waits until it is ready. */
  public static OperatorProcess start(
      ControlPlane controlPlane, SimulatorServer simulator, Map<String, String> extraEnvironment) {
    return launch(controlPlane, simulator, extraEnvironment).readyOrClosed();
  }

  /**
   * Starts it on any cluster and waits until it is ready.
   *
   * @param parent gets a directory with its log
   * @param environment with {@code KUBECONFIG}, whose user it is
   */
  public static OperatorProcess start(
      Path parent, SimulatorServer simulator, Map<String, String> environment) {
    return launch(parent, environment(simulator, environment), command()).readyOrClosed();
  }

  private OperatorProcess readyOrClosed() {
    try {
      return awaitReady();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts it and returns at once. */
  public static OperatorProcess launch(
      ControlPlane controlPlane, SimulatorServer simulator, Map<String, String> extraEnvironment) {
    return launch(controlPlane, simulator, extraEnvironment, _ -> command());
  }

  /**
   * Starts another command than the tests' own class path, and returns at once.
   *
   * @param command from the environment that is given
   */
  public static OperatorProcess launch(
      ControlPlane controlPlane,
      SimulatorServer simulator,
      Map<String, String> extraEnvironment,
      Function<Map<String, String>, List<String>> command) {
    Map<String, String> environment = environment(simulator, extraEnvironment);
    environment.computeIfAbsent(
        "KUBECONFIG", _ -> OperatorRights.of(environment).grantedOn(controlPlane).toString());
    return launch(controlPlane.directory(), environment, command.apply(environment));
  }

  private static OperatorProcess launch(
      Path parent, Map<String, String> environment, List<String> words) {
    try {
      Path directory = Files.createDirectories(parent.resolve("operator"));
      Path log = Files.createTempFile(directory, "operator-", ".log");
      return new OperatorProcess(
          GuardedProcess.start("operator", log, directory, environment, words),
          log,
          System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Grants what {@link #launch} would, for an operator whose API server is down at its start. */
  public static void grant(
      ControlPlane controlPlane, SimulatorServer simulator, Map<String, String> extraEnvironment) {
    OperatorRights.of(environment(simulator, extraEnvironment)).grantedOn(controlPlane);
  }

  private static Map<String, String> environment(
      SimulatorServer simulator, Map<String, String> extraEnvironment) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CLOUD_ELEMENTS_BASE_URL", simulator.baseUrl().toString());
    environment.put("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", simulator.baseUrl().toString());
    environment.put("CLUSTER_NAME", "test");
    environment.put("HTTP_PORT", "0");
    environment.put("LOG_FORMAT", "text");
    environment.putAll(extraEnvironment);
    return environment;
  }

  private static List<String> command() {
    return JavaCommand.of(OperatorMain.class.getName(), "192m");
  }

  /** Waits until {@code /readyz} says so. */
  public OperatorProcess awaitReady() {
    Awaitility.await("the operator is ready")
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(START_LIMIT)
        .until(() -> {
          process.requireAlive();
          return status("/readyz") == 200;
        });
    startup = Duration.ofNanos(System.nanoTime() - startedAt);
    return this;
  }

  /** From the start of the JVM to readiness. */
  public Duration startup() {
    return startup;
  }

  /** The status of a path on the operations port; 0 where nothing answers. */
  public int status(String path) {
    return answer(path).map(HttpResponse::statusCode).orElse(0);
  }

  /** What the operations port answers. */
  public String body(String path) {
    return answer(path).map(HttpResponse::body).orElse("");
  }

  /** The value of a metric: the sum over all lines that begin so. */
  public double metric(String begin) {
    return body("/metrics")
        .lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private Optional<HttpResponse<String>> answer(String path) {
    return loggedPort()
        .flatMap(port -> {
          HttpRequest request =
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .timeout(Duration.ofSeconds(5))
                  .build();
          try {
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
          } catch (IOException e) {
            return Optional.empty();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
          }
        });
  }

  /** The port of probes and metrics, once it is ready. */
  public int port() {
    return loggedPort().orElseThrow();
  }

  private Optional<Integer> loggedPort() {
    return log().stream()
        .map(PORT::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.valueOf(found.group(1)))
        .findFirst();
  }

  /** Everything it has logged, and what it wrote to standard error. */
  public List<String> log() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM, and back with the exit code when it has ended. */
  public int terminate() {
    process.terminate();
    return awaitExit(STOP_LIMIT);
  }

  /** SIGKILL, and back when it is gone. */
  public void kill() {
    process.kill();
  }

  /** SIGSTOP: it stands still, connections stay open, as with a frozen node. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** Waits for its end and returns the exit code. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.endsWithin(limit)) {
        throw new AssertionError("the operator still runs after " + limit + "; " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  private void signal(String name) {
    Command.of(Path.of("kill"), "-" + name, Long.toString(pid())).run().outputOrThrow();
  }

  /** Ends it, in good order if it can. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.terminate();
      process.awaitEnd(Duration.ofSeconds(5));
    }
  }

  @Override
  public String toString() {
    return "operator " + pid() + ", log " + log;
  }
}
