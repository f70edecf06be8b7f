package io.cloudelements.connectwise.cloudelements;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Divides the connections to one host among its accounts ({@code MAX_CONCURRENT_REQUESTS}). A
 * quarter of them is kept for accounts that have none, so that an account with little to do need
 * not wait until a slow call of a busy one has ended. When all are taken, the accounts that wait
 * take turns: one connection each.
 */
final class ConnectionShare {
  /** Who shares the connections: the queue of one account. */
  interface Member {
    /** A connection is free and taken for this member, which uses it or {@link #release}s it. */
    void offered();
  }

  private final int connections;
  private int taken;
  private final Map<Member, Integer> held = new HashMap<>();
  private final LinkedHashSet<Member> waiting = new LinkedHashSet<>();

  ConnectionShare(int connections) {
    this.connections = connections;
  }

  /** What one account can have at most. */
  static int mostOfOne(int connections) {
    return connections - connections / 4;
  }

  /** Takes a connection, or has the member wait for an offer. */
  synchronized boolean take(Member member) {
    boolean free = isFreeFor(member);
    if (free) {
      hold(member);
      waiting.remove(member);
    } else {
      waiting.add(member);
    }
    return free;
  }

  /** Gives a connection back; must not be called under the lock of a member. */
  void release(Member member) {
    giveBack(member).forEach(Member::offered);
  }

  private synchronized List<Member> giveBack(Member member) {
    taken--;
    held.computeIfPresent(member, (_, count) -> count > 1 ? count - 1 : null);
    List<Member> next = new ArrayList<>();
    for (Iterator<Member> line = waiting.iterator(); line.hasNext() && taken < connections; ) {
      Member candidate = line.next();
      if (isFreeFor(candidate)) {
        line.remove();
        hold(candidate);
        next.add(candidate);
      }
    }
    return next;
  }

  private void hold(Member member) {
    taken++;
    held.merge(member, 1, Integer::sum);
  }

  private boolean isFreeFor(Member member) {
    return taken < (held.containsKey(member) ? mostOfOne(connections) : connections);
  }
}
