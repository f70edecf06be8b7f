package io.cloudelements.connectwise.ops;

import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The open connections to the operations port, as many as are allowed. When one comes that is too
 * many, the one that has been idle longest is closed, or else the one that is answered longest: the
 * newest may be a probe, and what holds the others must not make probes fail.
 */
final class OpsConnections {
  private final int most;

  /** Whether a request is being answered, the least recently used first. */
  private final Map<HttpConnection, Boolean> open = new LinkedHashMap<>();

  OpsConnections(int most) {
    this.most = most;
  }

  void opened(HttpConnection connection) {
    connection.closeHandler(_ -> closed(connection));
    add(connection).ifPresent(HttpConnection::close);
  }

  void began(HttpConnection connection) {
    used(connection, true);
  }

  void answered(HttpConnection connection) {
    used(connection, false);
  }

  private synchronized Optional<HttpConnection> add(HttpConnection connection) {
    Optional<HttpConnection> excess =
        open.size() < most ? Optional.empty() : oldest(false).or(() -> oldest(true));
    excess.ifPresent(open::remove);
    open.put(connection, false);
    return excess;
  }

  private Optional<HttpConnection> oldest(boolean answering) {
    return open.entrySet().stream()
        .filter(entry -> entry.getValue() == answering)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** One that was closed meanwhile does not come back. */
  private synchronized void used(HttpConnection connection, boolean answering) {
    if (open.remove(connection) != null) {
      open.put(connection, answering);
    }
  }

  private synchronized void closed(HttpConnection connection) {
    open.remove(connection);
  }
}
