package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cloudelements.connectwise.cloudelements.AccountListing;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.drift.Orphans;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.simulator.model.Instance;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which of several accounts an orphan is. */
class OrphanLookupTest {
  private static final String TAG =
      OwnershipTag.of("test", new ResourceId("integrations", "gone")).value();

  private final ReachedAccount service = ReachedAccount.start();
  private final ReachedAccount elsewhere = ReachedAccount.start();

  /** Both platforms are reached as one: each account names its base URL. */
  private record TwoPlatforms(ReachedAccount first, ReachedAccount second) implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      boolean ofFirst = access.account().baseUrl().equals(URI.create(first.url()));
      return (ofFirst ? first : second).service().api().call(access, call);
    }
  }

  @AfterEach
  void close() {
    service.close();
    elsewhere.close();
  }

  private static Instance made(ReachedAccount where, String... tags) {
    return where
        .simulator()
        .platform()
        .outsideWorld()
        .createByHand(where.user(), "connectwisehd", "Gone", Set.of(tags), Map.of());
  }

  private static AccountOptions.Opened account(
      String name, ReachedAccount where, String userSecret) {
    return new AccountOptions.Opened(
        new ExportedAccount.OfObject(new ResourceId("connectwise-accounts", name)),
        AccountAccess.to(
            new Account(
                URI.create(where.url()),
                SecretValue.of(userSecret),
                SecretValue.of(ReachedAccount.ORGANIZATION_SECRET))),
        Optional.empty());
  }

  private AccountOptions.Opened good() {
    return account("acme-production", service, ReachedAccount.USER_SECRET);
  }

  private AccountOptions.Opened rejected() {
    return account("former", service, "canary-former");
  }

  /** What the operator of cluster {@code test} reports of the service. */
  private OrphanLookup reported() {
    AccountAccess access = good().access();
    String fingerprint = access.account().fingerprint();
    OrphanReport report = new OrphanReport(Optional.empty());
    report.found(
        fingerprint,
        Orphans.find(
            fingerprint,
            new AccountInstances(
                AccountListing.whole(service.service().api(), access),
                OwnershipTag.clusterPart("test")),
            Map.of()),
        Shell.NOW);
    return new OrphanLookup(report.page(Shell.NOW));
  }

  private OrphanLookup.Confirmed confirmed(
      OrphanLookup lookup, long id, AccountOptions.Opened... opened) {
    return lookup.confirmed(new TwoPlatforms(service, elsewhere), List.of(opened), id);
  }

  /** Of many accounts one often has a secret that is no longer accepted. */
  @Test
  void anAccountThatIsRejectedDoesNotStopTheOthers() {
    // Given
    Instance orphan = made(service, TAG);
    OrphanLookup lookup = reported();
    // When
    OrphanLookup.Confirmed found = confirmed(lookup, orphan.id(), rejected(), good());
    // Then
    assertThat(found.instance().id()).isEqualTo(orphan.id());
    assertThat(found.account().reference()).isEqualTo(good().reference());
  }

  /** The orphan may be in the one that could not be asked. */
  @Test
  void namesTheAccountsThatCouldNotBeAsked() {
    // Given
    Instance orphan = made(service, TAG);
    OrphanLookup lookup = reported();
    service.simulator().platform().outsideWorld().deleteExternally(orphan.id());
    // When // Then
    assertThatThrownBy(() -> confirmed(lookup, orphan.id(), rejected(), good()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The orphan " + orphan.id() + " was found in none of 2 accounts.")
        .hasMessageContaining("connectwise-accounts/former could not be asked: ")
        .hasMessageContaining("(401)")
        .hasMessageNotContaining("acme-production");
  }

  /** Ids are unique on one platform alone. */
  @Test
  void passesOverTheSameIdOnAnotherPlatform() {
    // Given
    Instance orphan = made(service, TAG);
    Instance sameId = made(elsewhere, "theirs");
    assertThat(sameId.id()).isEqualTo(orphan.id());
    OrphanLookup lookup = reported();
    // When
    OrphanLookup.Confirmed found =
        confirmed(
            lookup,
            orphan.id(),
            account("elsewhere", elsewhere, ReachedAccount.USER_SECRET),
            good());
    // Then
    assertThat(found.account().reference()).isEqualTo(good().reference());
    assertThat(found.instance().tags()).contains(Set.of(TAG));
  }

  /** Another cluster may use the very instance that is reported: no other one is looked for. */
  @Test
  void doesNotPassOverAReportedInstanceWithAnotherOwner() {
    // Given
    String others = OwnershipTag.of("another", new ResourceId("integrations", "gone")).value();
    Instance shared = made(service, TAG, others);
    OrphanLookup lookup = reported();
    made(elsewhere, TAG);
    // When // Then
    assertThatThrownBy(() ->
            confirmed(
                lookup,
                shared.id(),
                good(),
                account("elsewhere", elsewhere, ReachedAccount.USER_SECRET)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("carries the ownership tag " + others + " of another cluster");
  }

  /** An operator of another version reports a user's tag that only begins like one. */
  @Test
  void anInstanceIsNoOrphanByATagThatIsNoOwnershipTag() throws JsonProcessingException {
    // Given
    String begins = OwnershipTag.clusterPart("test") + "zzz";
    Instance living = made(service, begins);
    OrphanLookup lookup =
        new OrphanLookup(
            OrphanPage.parse(
                """
                {"enabled": true, "accounts": [{"account": "5f2c0c9a1b7e",
                 "listedAt": "2026-11-24T10:00:00Z", "duplicates": [], "orphans": [
                   {"id": %d, "tags": ["%2$s"], "ownershipTag": "%2$s", "cause": "NoResource"}]}]}
                """
                    .formatted(living.id(), begins)));
    // When // Then
    assertThatThrownBy(() -> confirmed(lookup, living.id(), good()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is not among the orphans")
        .hasMessageContaining("It carries no ownership tag.");
  }
}
