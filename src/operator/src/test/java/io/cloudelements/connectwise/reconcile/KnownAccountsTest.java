package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.AccountKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a Secret opens, as far as a reconcile has read it. */
class KnownAccountsTest {
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final String SECRET = "acme-credentials";

  private final KnownAccounts accounts = new KnownAccounts();

  @Test
  void aNewResourceWithAKnownSecretHasAKnownAccount() {
    // Given
    accounts.learn(read(Resources.acme(), "5"), ACCOUNT);
    ConnectWiseInstance created =
        Resources.acme(acme -> {
          acme.getMetadata().setName("another");
          acme.setStatus(null);
        });
    // When
    Optional<AccountKey> known = accounts.find(created, Optional.of("5"));
    // Then
    assertThat(known).contains(ACCOUNT);
  }

  /** A rotated Secret may open another account. */
  @Test
  void aChangedSecretHasNoKnownAccount() {
    // Given
    accounts.learn(read(Resources.acme(), "5"), ACCOUNT);
    // When
    Optional<AccountKey> known = accounts.find(Resources.acme(), Optional.of("6"));
    // Then
    assertThat(known).isEmpty();
  }

  /** Without a watch on Secrets the version is not known, and a wrong queue costs a wait only. */
  @Test
  void usesTheLastAccountWithoutAVersion() {
    // Given
    accounts.learn(read(Resources.acme(), "5"), ACCOUNT);
    // When
    Optional<AccountKey> known = accounts.find(Resources.acme(), Optional.empty());
    // Then
    assertThat(known).contains(ACCOUNT);
  }

  @Test
  void looksUpByTheAccountSecret() {
    // Given
    ConnectWiseInstance apart =
        Resources.acme(acme -> acme.setSpec(Resources.spec(SECRET, "account", null)));
    accounts.learn(read(Resources.acme(), "5"), ACCOUNT);
    // When
    Optional<AccountKey> known = accounts.find(apart, Optional.of("5"));
    // Then
    assertThat(known).isEmpty();
  }

  /** Ten thousand resources with a Secret each gain nothing by it. */
  @Test
  void keepsABoundedNumber() {
    // Given
    accounts.learn(read(Resources.acme(), "5"), ACCOUNT);
    // When
    IntStream.range(0, 2_000)
        .mapToObj(i -> Resources.acme(acme -> acme.setSpec(Resources.spec("s-" + i, null, null))))
        .forEach(acme -> accounts.learn(read(acme, "5"), ACCOUNT));
    // Then
    assertThat(accounts.find(Resources.acme(), Optional.of("5"))).isEmpty();
  }

  @Test
  void keepsTheLastTwoThousand() {
    // Given
    accounts.learn(read(Resources.acme(), "5"), ACCOUNT);
    // When
    IntStream.range(0, 1_999)
        .mapToObj(i -> Resources.acme(acme -> acme.setSpec(Resources.spec("s-" + i, null, null))))
        .forEach(acme -> accounts.learn(read(acme, "5"), ACCOUNT));
    // Then
    assertThat(accounts.find(Resources.acme(), Optional.of("5"))).contains(ACCOUNT);
  }

  private static ReconcileInput read(ConnectWiseInstance resource, String version) {
    return new ReconcileInput(resource, Map.of(SECRET, Resources.secret(SECRET, version)));
  }
}
