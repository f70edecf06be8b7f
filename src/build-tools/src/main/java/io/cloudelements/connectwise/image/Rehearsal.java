package io.cloudelements.connectwise.image;

import io.cloudelements.simulator.ServerCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains the image's AOT cache: runs the operator's usual start until it is ready, and its end, on
 * a stub of the API server. The command that is run records what it needs.
 *
 * <pre>Rehearsal COMMAND…</pre>
 */
public final class Rehearsal {
  private static final Pattern PORT = Pattern.compile("Probes and metrics are on port (\\d+)");
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(35);

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int exit = run(List.of(arguments), Map.of());
    if (exit != 0) {
      throw new IllegalStateException("The operator ended with " + exit);
    }
  }

  /**
   * Runs a command until it is ready, and ends it in good order.
   *
   * @param environment beside what connects it to the API server
   * @return its exit code
   */
  static int run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ServerCertificate certificate = ServerCertificate.selfSigned();
    Path authority = Files.createTempFile("rehearsal-", ".crt");
    Files.writeString(authority, certificate.pem());
    try (ApiServerStub apiServer = ApiServerStub.start(certificate)) {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(settings(apiServer, authority));
      builder.environment().putAll(environment);
      Process operator = builder.start();
      try {
        awaitReady(operator);
        // Process.destroy would close its log
        operator.toHandle().destroy();
        return operator.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
            ? operator.exitValue()
            : -1;
      } finally {
        operator.destroyForcibly();
      }
    } finally {
      Files.delete(authority);
    }
  }

  private static Map<String, String> settings(ApiServerStub apiServer, Path authority) {
    return Map.of(
        "KUBERNETES_MASTER", apiServer.url(),
        "KUBERNETES_CERTS_CA_FILE", authority.toString(),
        "KUBERNETES_AUTH_TOKEN", "rehearsal",
        "OPERATOR_NAMESPACE", "rehearsal",
        "CLUSTER_NAME", "rehearsal",
        "LEADER_ELECTION", "true",
        "LOG_FORMAT", "json",
        "HTTP_PORT", "0");
  }

  private static void awaitReady(Process operator) throws IOException, InterruptedException {
    BufferedReader log = operator.inputReader();
    URI readiness = URI.create("http://127.0.0.1:" + port(log) + "/readyz");
    Thread.startVirtualThread(() -> log.lines().forEach(System.out::println));
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(readiness).timeout(START_LIMIT).build();
      while (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The operator is not ready after " + START_LIMIT);
        }
        if (operator.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("The operator ended before it was ready");
        }
      }
    }
  }

  private static int port(BufferedReader log) {
    try {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        System.out.println(line);
        Matcher found = PORT.matcher(line);
        if (found.find()) {
          return Integer.parseInt(found.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("The operator ended before it served probes");
  }
}
