package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an account's status says of the resources that use it. */
class AccountUsersTest {
  private static final Consumer<ConnectWiseInstance> REJECTED = reporting(Reason.ACCOUNT_REJECTED);
  private static final Consumer<ConnectWiseInstance> HELD = reporting(Reason.DELETION_HELD);

  @Test
  void countsReadyAndStalledOnes() {
    // Given
    List<ConnectWiseInstance> users =
        List.of(
            user("team-a", "ready", _ -> {}),
            user("team-a", "new", user -> user.setStatus(null)),
            user("team-b", "rejected", REJECTED),
            user("team-b", "held", HELD.andThen(deleted("2026-11-24T10:00:00Z"))));
    // When
    AccountUse use = AccountUsers.counted(users);
    // Then
    assertThat(use.counts()).isEqualTo(new InstanceCounts(4, 1, 2));
    assertThat(use.namespaces()).isEqualTo(2);
    assertThat(use.examples().stream().map(Object::toString))
        .containsExactly("team-a/new", "team-a/ready", "team-b/held");
  }

  /** Those that are not judged yet are let go by the same confirmation. */
  @Test
  void namesAllDeletionsThatWaitWithAHeldOne() {
    // Given
    List<ConnectWiseInstance> waiting =
        List.of(
            user("team-a", "first", deleted("2026-11-24T10:00:00Z")),
            user("team-a", "never-made", deleted("2026-11-24T10:00:01Z").andThen(NEVER_MADE)),
            user("team-a", "second", deleted("2026-11-24T10:00:02Z")),
            user("team-a", "living", _ -> {}));
    ConnectWiseInstance held =
        user("team-a", "held", HELD.andThen(deleted("2026-11-24T10:00:03Z")));
    // When
    AccountUse one = AccountUsers.counted(waiting);
    AccountUse all =
        AccountUsers.counted(Stream.concat(waiting.stream(), Stream.of(held)).toList());
    // Then
    assertThat(one.heldDeletions()).as("none is held").isEmpty();
    assertThat(all.heldDeletions())
        .containsExactly(
            Instant.parse("2026-11-24T10:00:00Z"),
            Instant.parse("2026-11-24T10:00:02Z"),
            Instant.parse("2026-11-24T10:00:03Z"));
  }

  private static final Consumer<ConnectWiseInstance> NEVER_MADE =
      user -> user.setStatus(Resources.status(1L, null, "account-1", null));

  private static Consumer<ConnectWiseInstance> reporting(Reason reason) {
    return user -> user.setStatus(Resources.reporting(user.getStatus(), reason));
  }

  private static Consumer<ConnectWiseInstance> deleted(String when) {
    return user -> user.getMetadata().setDeletionTimestamp(when);
  }

  private static ConnectWiseInstance user(
      String namespace, String name, Consumer<ConnectWiseInstance> difference) {
    return Resources.acme(user -> {
      user.getMetadata().setNamespace(namespace);
      user.getMetadata().setName(name);
      difference.accept(user);
    });
  }
}
