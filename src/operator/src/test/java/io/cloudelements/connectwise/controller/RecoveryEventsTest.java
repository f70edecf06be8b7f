package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.FixedSecretVersions;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** After an outage no resource waits for its own backoff, and none is woken before it may call. */
class RecoveryEventsTest {
  private static final Account ACCOUNT = account("user");

  private final FixedSecretVersions watch = new FixedSecretVersions();
  private final SynchronizedMemory memory =
      new SynchronizedMemory(
          new RecentWrites(),
          watch,
          new AccountAuthorizer(AccountDirectory.NONE),
          () -> Instant.EPOCH);
  private final List<ResourceId> woken = new ArrayList<>();
  private final RecoveryEvents recoveries = new RecoveryEvents(memory, woken::add);

  @Test
  void eachAnsweredCallTriggersOneFailedReconcile() {
    // Given
    ReconcileInput first = failed("a", ACCOUNT, true);
    ReconcileInput second = failed("b", ACCOUNT, true);
    // When
    recoveries.answered(ACCOUNT.fingerprint(), true);
    // Then one reconcile is due at once, and the other waits for the next answer
    assertThat(woken).hasSize(1);
    assertThat(List.of(isDue(first), isDue(second))).containsExactlyInAnyOrder(true, false);
    recoveries.answered(ACCOUNT.fingerprint(), false);
    assertThat(woken).hasSize(2);
    assertThat(isDue(first) && isDue(second)).isTrue();
  }

  /** Retried with every answer that others get, it would have no backoff at all. */
  @Test
  void doesNotTriggerReconcilesThatFailedForOtherReasons() {
    // Given
    failed("a", ACCOUNT, false);
    failed("b", account("another"), true);
    // When
    recoveries.answered(ACCOUNT.fingerprint(), true);
    // Then
    assertThat(woken).isEmpty();
    assertThat(recoveries.size()).isZero();
  }

  @Test
  void anAnswerWithoutAnOutageTriggersNothing() {
    // Given
    failed("a", ACCOUNT, true);
    // When
    recoveries.answered(ACCOUNT.fingerprint(), false);
    // Then
    assertThat(woken).isEmpty();
  }

  @Test
  void skipsAResourceThatRecoveredOnItsOwn() {
    // Given
    failed("a", ACCOUNT, true);
    failed("b", ACCOUNT, true);
    recoveries.answered(ACCOUNT.fingerprint(), true);
    ResourceId other =
        new ResourceId("integrations", woken.getFirst().name().equals("a") ? "b" : "a");
    passed(resource(other.name()), ACCOUNT, Reason.AVAILABLE, false);
    // When
    recoveries.answered(ACCOUNT.fingerprint(), false);
    // Then
    assertThat(woken).hasSize(1);
    assertThat(recoveries.size()).isZero();
  }

  private boolean isDue(ReconcileInput seen) {
    return memory.remaining(SpecDefaults.id(seen.resource()), seen).isEmpty();
  }

  private ReconcileInput failed(String name, Account account, boolean byService) {
    return passed(resource(name), account, Reason.UNREACHABLE, byService);
  }

  private ReconcileInput passed(
      ConnectWiseInstance resource, Account account, Reason reason, boolean byService) {
    ReconcileInput seen = new ReconcileInput(resource, Map.of());
    memory.ended(
        seen,
        new ReconcileResult(
            Optional.of(reason),
            Optional.of(Duration.ofMinutes(5)),
            List.of(),
            new ReconcileResult.Remembered(
                Optional.empty(),
                Optional.of(
                    new CredentialsResult.Complete(
                        AccountAccess.to(account), new Configuration(new TreeMap<>(), Set.of()))),
                false,
                byService,
                Optional.empty())));
    return seen;
  }

  private static ConnectWiseInstance resource(String name) {
    return Resources.acme(resource -> {
      resource.getMetadata().setName(name);
      resource.getMetadata().setUid("uid-" + name);
    });
  }

  private static Account account(String userSecret) {
    return new Account(
        URI.create("https://api.example.com"),
        SecretValue.of(userSecret),
        SecretValue.of("the-organization-secret"));
  }
}
