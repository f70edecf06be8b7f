package io.cloudelements.connectwise.ratelimit;

import static io.cloudelements.connectwise.instance.Priority.CHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accounts of one host, which has fewer connections than they have permits. */
class HostConnectionsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final AccountKey RED = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final AccountKey GREEN = new AccountKey("0123456789ab", "api.example.com");
  private static final AccountKey BLUE = new AccountKey("aaaaaaaaaaaa", "api.example.com");
  private static final AccountKey ELSEWHERE = new AccountKey("bbbbbbbbbbbb", "api.example.org");

  private final AccountQueues queues =
      new AccountQueues(new QueueSettings(2, 2, 5, Duration.ofSeconds(30)));

  @Test
  void eachHostHasItsOwn() {
    // Given
    admitted(RED, "r1");
    admitted(RED, "r2");
    // When
    Admission elsewhere = ask(ELSEWHERE, "e1");
    // Then
    assertThat(elsewhere).isInstanceOf(Admitted.class);
    assertThat(ask(GREEN, "g1")).isInstanceOf(Queued.class);
  }

  @Test
  void aFreeConnectionGoesToTheOtherAccountFirst() {
    // Given
    Permit first = admitted(RED, "r1");
    admitted(RED, "r2");
    ask(RED, "r3");
    ask(GREEN, "g1");
    // When
    queues.release(first, NOON);
    // Then
    assertThat(reserved()).containsExactly("g1");
  }

  /** It is queued again at once, and not only when its first resource is done. */
  @Test
  void anAccountWithMoreResourcesGetsTheNextConnectionToo() {
    // Given
    Permit first = admitted(RED, "r1");
    Permit second = admitted(RED, "r2");
    ask(GREEN, "g1");
    ask(GREEN, "g2");
    queues.release(first, NOON);
    reserved();
    // When
    queues.release(second, NOON);
    // Then
    assertThat(reserved()).containsExactly("g2");
  }

  /** Its resource was deleted while it waited. */
  @Test
  void anAccountWithoutNeedPassesItsTurnOn() {
    // Given
    Permit first = admitted(RED, "r1");
    admitted(RED, "r2");
    ask(GREEN, "g1");
    ask(BLUE, "b1");
    queues.withdraw(resource("g1"), NOON);
    // When
    queues.release(first, NOON);
    // Then
    assertThat(reserved()).containsExactly("b1");
  }

  private Admission ask(AccountKey account, String name) {
    return queues.admit(account, resource(name), CHANGES, NOON);
  }

  private Permit admitted(AccountKey account, String name) {
    Admission admission = ask(account, name);
    assertThat(admission).isInstanceOf(Admitted.class);
    return ((Admitted) admission).permit();
  }

  private List<String> reserved() {
    return queues.events().stream()
        .filter(QueueEvent.Reserved.class::isInstance)
        .map(event -> ((QueueEvent.Reserved) event).resource().name())
        .toList();
  }

  private static ResourceId resource(String name) {
    return new ResourceId("default", name);
  }
}
