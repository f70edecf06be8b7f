package io.cloudelements.connectwise.ratelimit;

import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.config.RuntimeEnvironment;
import io.cloudelements.connectwise.config.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which account gets a connection to a host when there are fewer than calls. */
class ConnectionShareTest {
  private final ConnectionShare<Busy> share = new ConnectionShare<>(8);
  private final List<String> served = new ArrayList<>();

  /** An account with calls that wait, of which each offer serves one. */
  private final class Busy {
    private final String name;
    private final Queue<String> calls = new ArrayDeque<>();

    Busy(String name, int calls) {
      this.name = name;
      IntStream.range(0, calls).forEach(call -> this.calls.add(name + call));
      serve();
    }

    private void serve() {
      while (!calls.isEmpty() && share.take(this)) {
        served.add(calls.remove());
      }
    }

    private void offered() {
      if (calls.isEmpty()) {
        ends(1);
      } else {
        served.add(calls.remove());
        serve();
      }
    }

    void ends(int calls) {
      IntStream.range(0, calls).forEach(_ -> share.release(this).forEach(Busy::offered));
    }
  }

  /** A setting that the operator accepts must not promise an account more than it can have. */
  @Test
  void acceptedSettingsStayWithinTheShareOfAnAccount() {
    // Given
    int all = 40;
    // When
    Map<Boolean, List<Integer>> accepted =
        IntStream.rangeClosed(1, all).boxed().collect(partitioningBy(one -> isAccepted(one, all)));
    // Then
    assertThat(accepted.get(true)).last().isEqualTo(ConnectionShare.mostOfOne(all));
    assertThat(accepted.get(false)).first().isEqualTo(ConnectionShare.mostOfOne(all) + 1);
  }

  private static boolean isAccepted(int one, int all) {
    return OperatorConfig.fromEnvironment(
            Map.of(
                Setting.ACCOUNT_MAX_CONCURRENT_REQUESTS.name(), Integer.toString(one),
                Setting.MAX_CONCURRENT_REQUESTS.name(), Integer.toString(all)),
            new RuntimeEnvironment(Optional.empty(), _ -> true, (_, _) -> true))
        instanceof ConfigResult.Valid;
  }

  /** A tenant's slow creations must not delay another tenant's rename. */
  @Test
  void keepsConnectionsForAccountsWithoutOne() {
    // Given
    new Busy("greedy", 100);
    served.clear();
    // When
    List.of("a", "b").forEach(name -> new Busy(name, 3));
    // Then: one at once, and no more while others are at their bound too
    assertThat(served).containsExactly("a0", "b0");
  }

  /** The share of one account alone is the bound that its setting is checked against. */
  @Test
  void letsOneAccountHaveAllButAQuarter() {
    // When
    new Busy("greedy", 100);
    // Then
    assertThat(served).hasSize(6).hasSize(ConnectionShare.mostOfOne(8));
  }

  /** An account waits for one call of each other account at most. */
  @Test
  void accountsAlternateWhenAllConnectionsAreTaken() {
    // Given: six and two of the eight are taken, and each account has more
    Busy greedy = new Busy("greedy", 100);
    new Busy("a", 100);
    new Busy("b", 100);
    served.clear();
    // When
    greedy.ends(6);
    // Then: greedy itself is queued like the others
    assertThat(served).containsExactly("greedy6", "a1", "b1", "greedy7");
  }

  /** A call that was given up meanwhile must not keep a connection that others wait for. */
  @Test
  void anUnusedOfferGoesToTheNextAccount() {
    // Given
    Busy greedy = new Busy("greedy", 100);
    Busy gone = new Busy("gone", 2);
    new Busy("waits", 2);
    gone.calls.clear();
    greedy.calls.clear();
    served.clear();
    // When
    greedy.ends(3);
    // Then
    assertThat(served).containsExactly("waits1");
  }

  /** The reserve is for accounts that hold none now, also if they held some before. */
  @Test
  void anAccountThatGaveAllBackIsLikeOneWithoutConnections() {
    // Given: seven of eight are taken, none of them by an account that had two
    Busy before = new Busy("before", 2);
    before.ends(2);
    new Busy("greedy", 100);
    new Busy("other", 1);
    served.clear();
    // When
    before.calls.add("again");
    before.serve();
    // Then
    assertThat(served).containsExactly("again");
  }

  @Test
  void anAccountThatGaveSomeBackStillHoldsTheOthers() {
    // Given: seven of eight are taken, one of them by an account that had two
    Busy some = new Busy("some", 2);
    some.ends(1);
    new Busy("greedy", 5);
    new Busy("other", 1);
    served.clear();
    // When
    some.calls.add("more");
    some.serve();
    // Then
    assertThat(served).isEmpty();
  }

  /** The pool behind it has as many connections as are shared, and none more. */
  @Test
  void neverSharesMoreConnectionsThanThePoolHas() {
    // When
    IntStream.range(0, 20).forEach(account -> new Busy("account" + account + "-", 3));
    // Then
    assertThat(served).hasSize(8);
  }
}
