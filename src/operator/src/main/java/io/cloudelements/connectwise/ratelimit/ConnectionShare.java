package io.cloudelements.connectwise.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Divides the connections to one host among its accounts ({@code MAX_CONCURRENT_REQUESTS}). A
 * quarter of them is kept for accounts that hold none, so that an account with a single call does
 * not wait for the slow calls of a busy one. When all are taken, the accounts that wait take turns,
 * one connection each.
 *
 * <p>Not safe for threads.
 *
 * @param <M> the account that holds connections
 */
final class ConnectionShare<M> {
  private final int connections;
  private int taken;
  private final Map<M, Integer> held = new HashMap<>();
  private final LinkedHashSet<M> waiting = new LinkedHashSet<>();

  ConnectionShare(int connections) {
    this.connections = connections;
  }

  /** How many connections one account can hold at most. */
  static int mostOfOne(int connections) {
    return connections - connections / 4;
  }

  /** Takes a connection; if none is free for this account, it waits for one. */
  boolean take(M account) {
    boolean free = isFreeFor(account);
    if (free) {
      hold(account);
      waiting.remove(account);
    } else {
      waiting.add(account);
    }
    return free;
  }

  /**
   * Gives a connection back.
   *
   * @return accounts that waited; each now holds one more connection, and uses or releases it
   */
  List<M> release(M account) {
    taken--;
    held.computeIfPresent(account, (_, count) -> count > 1 ? count - 1 : null);
    List<M> offered = new ArrayList<>();
    for (Iterator<M> line = waiting.iterator(); line.hasNext() && taken < connections; ) {
      M candidate = line.next();
      if (isFreeFor(candidate)) {
        line.remove();
        hold(candidate);
        offered.add(candidate);
      }
    }
    return offered;
  }

  private void hold(M account) {
    taken++;
    held.merge(account, 1, Integer::sum);
  }

  private boolean isFreeFor(M account) {
    return taken < (held.containsKey(account) ? mostOfOne(connections) : connections);
  }
}
