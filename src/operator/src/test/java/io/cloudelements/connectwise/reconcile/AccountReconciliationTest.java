package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.StoredSecrets;
import io.cloudelements.connectwise.account.WrittenAccounts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reconcile of an account object writes, calls and tells. */
class AccountReconciliationTest {
  private static final ResourceId SECRET = new ResourceId("platform", "acme-admin");
  private static final String NOON = "2026-11-30T12:00:00Z";

  private final Cluster cluster = new Cluster();
  private final StoredSecrets secrets = new StoredSecrets();
  private final List<String> calls = new ArrayList<>();
  private String organization = "4711";
  private RemoteFailure listing = new RemoteFailure.NotFound(RemoteFailure.ErrorAnswer.NONE);
  private Instant now = Instant.parse(NOON);
  private Runnable whileAsked = () -> {};
  private AccountReconciliation reconciliation = restarted();

  @BeforeEach
  void open() {
    put("user");
  }

  private static final class Cluster
      implements AccountObjectWrites, AccountReconciliation.AccountCaches {
    private final List<String> writes = new ArrayList<>();
    private final List<ConnectWiseInstance> resources = new ArrayList<>();
    private final List<EventRecord> events = new ArrayList<>();
    private Optional<ClusterWriteFailure> refused = Optional.empty();

    @Override
    public CloudElementsAccount addFinalizer(CloudElementsAccount account) {
      writes.add("finalizer");
      account.getMetadata().setFinalizers(List.of(FINALIZER));
      return account;
    }

    @Override
    public void removeFinalizer(CloudElementsAccount account) {
      writes.add("no finalizer");
    }

    @Override
    public CloudElementsAccount writeStatus(
        CloudElementsAccount account, CloudElementsAccountStatus status) {
      writes.add("status");
      if (refused.isPresent()) {
        throw new ClusterWriteException(refused.get());
      }
      account.setStatus(status);
      return account;
    }

    @Override
    public void publish(CloudElementsAccount account, EventRecord event) {
      writes.add("event " + event.reason());
      events.add(event);
    }

    @Override
    public List<ConnectWiseInstance> referring(ResourceId account) {
      return resources;
    }

    @Override
    public Optional<Map<String, String>> labels(String namespace) {
      return Optional.empty();
    }
  }

  private final class Service implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      calls.add(call.getClass().getSimpleName());
      whileAsked.run();
      if (call instanceof InstanceCall.ListPage) {
        throw new InstancesApiException(listing);
      }
      if (organization.isEmpty()) {
        @SuppressWarnings("unchecked")
        T untold = (T) new OrganizationAnswer.NotTold("a refusal (status 404)");
        return untold;
      }
      @SuppressWarnings("unchecked")
      T told = (T) new OrganizationAnswer.Told(new Organization(organization, Optional.of("ACME")));
      return told;
    }
  }

  @Test
  void verifiesANewAccountOnceAndIsThenAtRest() {
    // Given
    CloudElementsAccount account = account("");
    // When
    AccountReconciliation.AccountResult end = reconciliation.run(account);
    // Then
    assertThat(cluster.writes).containsExactly("finalizer", "status", "event Verified");
    assertThat(calls).containsExactly("ReadOrganization");
    assertThat(end.permits())
        .contains(
            new AccountReconciliation.PermitLimit(
                AccountFacts.of(account).fingerprint().orElseThrow(), "", Optional.empty()));
    // When
    later(Duration.ofMinutes(1));
    reconciliation.run(account);
    // Then
    assertThat(cluster.writes).hasSize(3);
    assertThat(calls).hasSize(1);
  }

  /** An empty list is answered 404 (contract §3). */
  @Test
  void anAccountWithoutInstancesIsVerifiedWhereTheOrganizationIsNotTold() {
    // Given
    organization = "";
    CloudElementsAccount account = account("");
    // When
    reconciliation.run(account);
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.VERIFIED);
    assertThat(calls).containsExactly("ReadOrganization", "ListPage");
  }

  @Test
  void anAccountIsRejectedWhereTheListingIs() {
    // Given
    organization = "";
    listing = new RemoteFailure.AccountRejected(RemoteFailure.ErrorAnswer.NONE);
    CloudElementsAccount account = account("");
    // When
    reconciliation.run(account);
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.ACCOUNT_REJECTED);
    assertThat(cluster.events).extracting(EventRecord::warning).containsExactly(true);
  }

  /** An admission policy may refuse the status for days. */
  @Test
  void aRefusedStatusIsWrittenAgainWithoutAnotherCall() {
    // Given
    CloudElementsAccount account = account("");
    runWithoutWriting(account);
    runWithoutWriting(account);
    // When
    reconciliation.run(account);
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.VERIFIED);
    assertThat(calls).containsExactly("ReadOrganization");
  }

  /** What the service said is of the secrets of then. */
  @Test
  void otherSecretsAreAskedAboutAlthoughTheStatusWasRefused() {
    // Given
    CloudElementsAccount account = account("");
    runWithoutWriting(account);
    put("next");
    // When
    reconciliation.run(account);
    // Then
    assertThat(calls).containsExactly("ReadOrganization", "ReadOrganization");
  }

  /** So is a check that a person asks for, which makes another version of the account. */
  @Test
  void aRequestedCheckIsMadeAlthoughTheStatusWasRefused() {
    // Given
    CloudElementsAccount account = account("");
    runWithoutWriting(account);
    account.getMetadata().setResourceVersion("2");
    // When
    reconciliation.run(account);
    // Then
    assertThat(calls).containsExactly("ReadOrganization", "ReadOrganization");
  }

  /** A paused account says nothing new: the owner would look for a fault of the network. */
  @Test
  void aCallThatIsNotSentLeavesWhatTheServiceSaid() {
    // Given
    organization = "";
    listing = new RemoteFailure.AccountRejected(RemoteFailure.ErrorAnswer.NONE);
    CloudElementsAccount account = account("");
    reconciliation.run(account);
    String told = told(account);
    cluster.writes.clear();
    // When
    listing = RemoteFailure.NotSent.until("its calls fail", Duration.ofSeconds(80));
    reconciliation.run(account);
    // Then
    assertThat(told(account)).isEqualTo(told);
    assertThat(cluster.writes).isEmpty();
    // When
    put("next");
    reconciliation.run(account);
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.UNREACHABLE);
  }

  /** Each is a thread that waits: a tenant may make many account objects. */
  @Test
  void boundsTheChecksOfANamespace() {
    // Given
    CloudElementsAccount tooMany = account("");
    AtomicInteger under = new AtomicInteger();
    List<AccountReconciliation.AccountResult> last = new ArrayList<>();
    whileAsked =
        () -> {
          if (under.incrementAndGet() < AccountVerification.MOST_OF_A_NAMESPACE) {
            reconciliation.run(account("", "further-" + under.get()));
          } else {
            last.add(reconciliation.run(tooMany));
          }
        };
    // When
    reconciliation.run(account("", "first"));
    // Then
    assertThat(tooMany.getStatus()).isNull();
    assertThat(last)
        .extracting(AccountReconciliation.AccountResult::again)
        .containsExactly(Duration.ofSeconds(15));
    // When
    whileAsked = () -> {};
    reconciliation.run(tooMany);
    // Then
    assertThat(AccountFacts.of(tooMany).reason()).contains(AccountReason.VERIFIED);
  }

  @Test
  void asksAgainSoonerWhileTheServiceDoesNotAnswer() {
    // Given
    organization = "";
    listing = new RemoteFailure.Unreachable("no route");
    // When
    AccountReconciliation.AccountResult end = reconciliation.run(account(""));
    // Then
    assertThat(end.again()).isEqualTo(Duration.ofSeconds(15));
    // When
    organization = "4711";
    AccountReconciliation.AccountResult healed = reconciliation.run(account(""));
    // Then
    assertThat(healed.again()).isEqualTo(Duration.ofSeconds(30));
  }

  /** What opened it is forgotten with it. */
  @Test
  void anAccountThatIsGoneTellsItsResourcesAndOpensNothing() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: All}");
    cluster.resources.add(resource("left", true));
    secrets.remove(SECRET);
    deletes(account);
    // When
    List<ResourceId> told = reconciliation.forget(account);
    // Then
    assertThat(told).containsExactly(new ResourceId("integrations", "left"));
    assertThat(reconciliation.run(account).permits()).isEmpty();
  }

  /** Of thousands that come and go nothing is kept: a restored one is verified anew. */
  @Test
  void nothingIsKeptOfAnAccountThatIsGone() {
    // Given
    reconciliation.forget(verified(""));
    cluster.writes.clear();
    calls.clear();
    // When
    reconciliation.run(account(""));
    // Then
    assertThat(cluster.writes).containsExactly("finalizer", "status", "event Verified");
    assertThat(calls).containsExactly("ReadOrganization");
  }

  /** The service has accepted it, and the resources that refer to the account go on with it. */
  @Test
  void aSecretThatGoesWhileItIsVerifiedStillOpensTheAccount() {
    // Given
    whileAsked = () -> secrets.remove(SECRET);
    // When
    AccountReconciliation.AccountResult end = reconciliation.run(account(""));
    // Then
    assertThat(end.permits()).isPresent();
  }

  /** The cache lags behind the write, and its view would be reported once more. */
  @Test
  void whatItReportedHoldsUntilTheCacheShowsIt() {
    // Given
    CloudElementsAccount reported = account("");
    CloudElementsAccount stale = account("");
    reported.getMetadata().setFinalizers(List.of(AccountObjectWrites.FINALIZER));
    stale.getMetadata().setFinalizers(List.of(AccountObjectWrites.FINALIZER));
    reconciliation.run(reported);
    // When
    reconciliation.run(stale);
    // Then
    assertThat(cluster.writes).containsExactly("status", "event Verified");
  }

  @Test
  void aRestartWritesAndCallsNothing() {
    // Given
    CloudElementsAccount account = verified("");
    cluster.writes.clear();
    calls.clear();
    // When
    reconciliation = restarted();
    reconciliation.run(account);
    // Then
    assertThat(cluster.writes).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void wakesWhoWaitsForANewAccount() {
    // Given
    cluster.resources.add(resource("waiting", false));
    // When
    AccountReconciliation.AccountResult end =
        reconciliation.run(account("allowedNamespaces: {from: All}"));
    // Then
    assertThat(end.woken()).containsExactly(new ResourceId("integrations", "waiting"));
  }

  @Test
  void aRotationWakesWhoDoesNotWorkOnly() {
    // Given
    CloudElementsAccount account = account("allowedNamespaces: {from: All}");
    cluster.resources.add(resource("rejected", false));
    cluster.resources.add(resource("converged", true));
    reconciliation.run(account);
    // When
    put("next");
    AccountReconciliation.AccountResult end = reconciliation.run(account);
    // Then
    assertThat(end.woken()).containsExactly(new ResourceId("integrations", "rejected"));
  }

  @Test
  void changedTermsWakeEveryResource() {
    // Given
    CloudElementsAccount account = account("allowedNamespaces: {from: All}");
    cluster.resources.add(resource("converged", true));
    reconciliation.run(account);
    // When
    CloudElementsAccount changed = account("allowedNamespaces: {from: Same}");
    changed.setStatus(account.getStatus());
    changed.getMetadata().setFinalizers(account.getMetadata().getFinalizers());
    changed.getMetadata().setGeneration(2L);
    changed.getMetadata().setResourceVersion("2");
    AccountReconciliation.AccountResult end = reconciliation.run(changed);
    // Then
    assertThat(end.woken()).containsExactly(new ResourceId("integrations", "converged"));
  }

  @Test
  void countsAreWrittenNoOftenerThanEveryThirtySeconds() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: All}");
    cluster.writes.clear();
    // When
    for (int i = 0; i < 60; i++) {
      cluster.resources.add(resource("r-" + i, true));
      later(Duration.ofSeconds(1));
      reconciliation.run(account);
    }
    // Then
    assertThat(cluster.writes).containsExactly("status", "status");
  }

  @Test
  void anotherOrganizationIsNotUsed() {
    // Given
    CloudElementsAccount account = verified("");
    // When
    organization = "4712";
    put("another-user");
    reconciliation.run(account);
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.IDENTITY_CHANGED);
    assertThat(cluster.writes).endsWith("event IdentityChanged");
  }

  @Test
  void goesWhenItsLastResourceIsGone() {
    // Given
    CloudElementsAccount account = account("allowedNamespaces: {from: All}");
    cluster.resources.add(resource("last", true));
    reconciliation.run(account);
    // When
    deletes(account);
    // Then
    assertThat(AccountFacts.of(account).ready().orElseThrow().getMessage())
        .contains("1 resources", "integrations/last");
    assertThat(cluster.writes).endsWith("event InUse").doesNotContain("no finalizer");
    // When
    cluster.resources.clear();
    reconciliation.run(account);
    // Then
    assertThat(cluster.writes).endsWith("no finalizer");
  }

  /** Otherwise any tenant could keep an account for ever. */
  @Test
  void whoMayNotUseItDoesNotHoldItUp() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: Same}");
    cluster.resources.add(resource("stranger", false));
    // When
    deletes(account);
    // Then
    assertThat(cluster.writes).endsWith("no finalizer");
  }

  /** Its message counts the resources, and 1,000 of them may go within a minute. */
  @Test
  void aDeletionThatWaitsTellsNoOftenerThanEveryThirtySeconds() {
    // Given
    CloudElementsAccount account = account("allowedNamespaces: {from: All}");
    for (int i = 0; i < 60; i++) {
      cluster.resources.add(resource("r-" + i, true));
    }
    reconciliation.run(account);
    deletes(account);
    cluster.writes.clear();
    // When
    for (int i = 0; i < 59; i++) {
      cluster.resources.removeFirst();
      later(Duration.ofSeconds(1));
      reconciliation.run(account);
    }
    // Then
    assertThat(cluster.writes).containsExactly("status");
    assertThat(AccountFacts.of(account).ready().orElseThrow().getMessage())
        .contains("30 resources", "integrations/r-30");
  }

  /** The operator does nothing with it any more, so it would hold the account for ever. */
  @Test
  void aResourceOnlyHeldByOthersDoesNotHoldItUp() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: All}");
    ConnectWiseInstance left = withInstance("left", account);
    left.getMetadata().setDeletionTimestamp(NOON);
    left.getMetadata().setFinalizers(List.of("example.com/archive"));
    cluster.resources.add(left);
    // When
    deletes(account);
    // Then
    assertThat(cluster.writes).endsWith("no finalizer");
  }

  /** Without the operator's finalizer nothing was ever made for it, whatever its status says. */
  @Test
  void aStatusThatTheOperatorCannotHaveWrittenDoesNotHoldItUp() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: Same}");
    ConnectWiseInstance forged = withInstance("forged", account);
    forged.getMetadata().setFinalizers(List.of());
    cluster.resources.add(forged);
    // When
    deletes(account);
    // Then
    assertThat(cluster.writes).endsWith("no finalizer");
  }

  /** Its instance would be left at the service, and no one else's secrets would remove it. */
  @Test
  void aResourceWhoseConsentWasWithdrawnHoldsItUpWhileItHasAnInstance() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: Same}");
    cluster.resources.add(withInstance("withdrawn", account));
    // When
    deletes(account);
    // Then
    assertThat(cluster.writes).endsWith("event InUse").doesNotContain("no finalizer");
  }

  /** What its request makes at the service could be neither found nor deleted any more. */
  @Test
  void aCreationThatIsOpenHoldsItUpWhenConsentIsWithdrawn() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: Same}");
    ConnectWiseInstance withdrawn = resource("withdrawn", true);
    withdrawn.setStatus(Resources.attempting(fingerprint(account)));
    cluster.resources.add(withdrawn);
    // When
    deletes(account);
    // Then
    assertThat(cluster.writes).endsWith("event InUse").doesNotContain("no finalizer");
  }

  /** A namespace is deleted with account and Secret, and then the process that knew it ends. */
  @Test
  void anAccountThatNothingOpensAnyMoreSaysHowItsResourcesGo() {
    // Given
    CloudElementsAccount account = verified("allowedNamespaces: {from: All}");
    cluster.resources.add(resource("left", true));
    secrets.remove(SECRET);
    deletes(account);
    assertThat(told(account)).contains("their deletion still works");
    // When
    restarted().run(account);
    // Then
    assertThat(told(account))
        .contains(
            "Deletion waits for 1 resources that use this account, such as integrations/left.",
            "its Secret does not have what the service accepted last. Restore that; or",
            "(spec.accountRef)")
        .doesNotContain("still works");
  }

  /** Its number would otherwise be smaller than what it lets go. */
  @Test
  void aConfirmationNamesThoseTooThatAreNotJudgedYet() {
    // Given
    CloudElementsAccount account = account("allowedNamespaces: {from: All}");
    for (String name : List.of("first", "second", "third")) {
      ConnectWiseInstance deleted = resource(name, true);
      deleted.getMetadata().setDeletionTimestamp(NOON);
      cluster.resources.add(deleted);
    }
    ConnectWiseInstance held = cluster.resources.getFirst();
    held.setStatus(Resources.reporting(held.getStatus(), Reason.DELETION_HELD));
    // When
    reconciliation.run(account);
    // Then
    assertThat(account.getStatus().deletions().number()).isEqualTo(3);
  }

  /** Any user could otherwise limit an account by an object that names it. */
  @Test
  void anObjectThatOpensNothingBoundsNoAccount() {
    // Given
    CloudElementsAccount account = account("limits: {concurrentRequests: 1}");
    assertThat(reconciliation.run(account).permits()).isPresent();
    // When
    secrets.remove(SECRET);
    AccountReconciliation.AccountResult end = restarted().run(account);
    // Then
    assertThat(end.permits()).isEmpty();
  }

  private static String told(CloudElementsAccount account) {
    return AccountFacts.of(account).ready().orElseThrow().getMessage();
  }

  /** An account of these terms, after a reconcile. */
  private CloudElementsAccount verified(String line) {
    CloudElementsAccount account = account(line);
    reconciliation.run(account);
    return account;
  }

  private void deletes(CloudElementsAccount account) {
    account.getMetadata().setDeletionTimestamp(NOON);
    reconciliation.run(account);
  }

  private static ConnectWiseInstance withInstance(String name, CloudElementsAccount account) {
    ConnectWiseInstance resource = resource(name, true);
    resource.setStatus(Resources.status(1L, 7L, fingerprint(account), "acme-token"));
    return resource;
  }

  private static String fingerprint(CloudElementsAccount account) {
    return AccountFacts.of(account).fingerprint().orElseThrow();
  }

  private AccountReconciliation restarted() {
    return new AccountReconciliation(
        new AccountKeyring(secrets, ReconcileInputs.BASE_URL),
        new WrittenAccounts(),
        cluster,
        cluster,
        new Service(),
        new AccountCheck.BaseUrlSettings(ReconcileInputs.BASE_URL, _ -> true),
        () -> now);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private void put(String userSecret) {
    secrets.put(
        SECRET,
        ReconcileInputs.secret(
                "acme-admin",
                Map.of("userSecret", userSecret, "organizationSecret", "organization"))
            .build());
  }

  private static ConnectWiseInstance resource(String name, boolean converged) {
    return Resources.acme(resource -> {
      resource.getMetadata().setName(name);
      if (!converged) {
        resource.setStatus(Resources.reporting(resource.getStatus(), Reason.ACCOUNT_NOT_READY));
      }
    });
  }

  /** As it ends where an admission policy refuses the status. */
  private void runWithoutWriting(CloudElementsAccount account) {
    cluster.refused =
        Optional.of(new ClusterWriteFailure(ClusterWriteFailure.WriteKind.STATUS, 403, "denied"));
    assertThatThrownBy(() -> reconciliation.run(account)).isInstanceOf(ClusterWriteException.class);
    cluster.refused = Optional.empty();
  }

  private static CloudElementsAccount account(String line) {
    return account(line, "acme");
  }

  private static CloudElementsAccount account(String line, String name) {
    String manifest =
        """
        metadata: {name: %1$s, namespace: platform, uid: u-%1$s, generation: 1, resourceVersion: "1", finalizers: []}
        spec:
          secretRef: {name: acme-admin}
          %2$s
        """
            .formatted(name, line);
    return Serialization.unmarshal(manifest, CloudElementsAccount.class);
  }
}
