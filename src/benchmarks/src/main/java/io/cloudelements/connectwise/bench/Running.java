package io.cloudelements.connectwise.bench;

import io.cloudelements.connectwise.cluster.GuardedProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * A contender at work.
 *
 * @param port where it serves {@code /readyz}, if it does
 * @param begin {@link System#nanoTime} of its start
 */
record Running(GuardedProcess process, int port, long begin) implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  long pid() {
    return process.pid();
  }

  ProcessUsage usage() {
    process.requireAlive();
    return ProcessUsage.of(pid());
  }

  /** Waits until it says that it is ready; seconds from its start. */
  double awaitReady() {
    Limits.await(
        "/readyz says so",
        READY_LIMIT,
        Duration.ofMillis(5),
        () -> {
          process.requireAlive();
          return isReady();
        });
    return Limits.seconds(System.nanoTime() - begin);
  }

  /** On a connection of its own, as a kubelet asks: those left open would use up the server's. */
  private boolean isReady() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
      connection.setRequestProperty("Connection", "close");
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2000);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGTERM, and SIGKILL when that does not help in time. */
  @Override
  public void close() {
    process.terminate();
    process.awaitEnd(STOP_LIMIT);
  }
}
