package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.WrittenAccounts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountChangesTest {
  private static final URI BASE_URL = URI.create("https://api.example.com/elements/api-v2");
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final ResourceId ACME = new ResourceId("integrations", "acme");

  private final AccountWrittenHere writes = new AccountWrittenHere();
  private final OneAnswer service =
      OneAnswer.to(
          InstanceCall.ReadOrganization.class,
          () -> new OrganizationAnswer.Told(new Organization("4711", Optional.of("ACME"))));
  private final WrittenAccounts written = new WrittenAccounts();

  /** They were reconciled while nothing was verified yet, and no other event requeues them. */
  @Test
  void theFirstVerificationWakesTheResources() {
    // Given
    AccountReconciliation reconciliation = reconciliation();
    // When
    AccountReconciliation.AccountResult end = reconciliation.run(account(meta("1"), null));
    // Then
    assertThat(end.woken()).containsExactly(ACME);
  }

  /** The report is there, so that the next reconcile finds nothing new itself. */
  @Test
  void aReportWhoseAnswerWasLostIsToldNextTime() {
    // Given
    AccountReconciliation reconciliation = reconciliation();
    writes.answersAreLost = true;
    assertThatThrownBy(() -> reconciliation.run(account(meta("1"), null)))
        .isInstanceOf(ClusterConflict.class);
    writes.answersAreLost = false;
    CloudElementsAccount reported = writes.reported.orElseThrow();
    // When
    AccountReconciliation.AccountResult end = reconciliation.run(reported);
    // Then
    assertThat(end.woken()).containsExactly(ACME);
  }

  /** A process that starts reconciles every resource anyway. */
  @Test
  void aStartRequeuesNoResourceWhereNothingIsNew() {
    // Given
    CloudElementsAccount verified = writes.last(reconciliation(), account(meta("1"), null));
    AccountReconciliation restarted = reconciliation();
    // When
    AccountReconciliation.AccountResult end = restarted.run(verified);
    // Then
    assertThat(end.woken()).isEmpty();
  }

  /** The requeued resource is reconciled at once, when the watch may not show the report yet. */
  @Test
  void theReportIsFoundBeforeTheWatchShowsIt() {
    // Given
    CloudElementsAccount cached = account(meta("1"), null);
    // When
    reconciliation().run(cached);
    // Then
    assertThat(written.newest(cached).getStatus().organization().id()).isEqualTo("4711");
  }

  private AccountReconciliation reconciliation() {
    return new AccountReconciliation(
        new AccountKeyring(new OneSecret(), BASE_URL),
        written,
        new OneReferring(),
        writes,
        service,
        new AccountCheck.BaseUrlSettings(BASE_URL, BASE_URL::equals),
        () -> NOW);
  }

  private static ObjectMeta meta(String version) {
    return new ObjectMetaBuilder()
        .withNamespace(ACME.namespace())
        .withName("shared")
        .withUid("uid-of-account")
        .withGeneration(1L)
        .withResourceVersion(version)
        .build();
  }

  private static CloudElementsAccount account(ObjectMeta meta, CloudElementsAccountStatus status) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(meta);
    account.setSpec(
        new CloudElementsAccountSpec(
            null, new SecretReference("shared-secret"), null, null, null, null, null));
    account.setStatus(status);
    return account;
  }

  private static final class AccountWrittenHere implements AccountObjectWrites {
    private int version = 1;
    private boolean answersAreLost;
    private Optional<CloudElementsAccount> reported = Optional.empty();

    CloudElementsAccount last(AccountReconciliation reconciliation, CloudElementsAccount account) {
      reconciliation.run(account);
      return reported.orElseThrow();
    }

    @Override
    public CloudElementsAccount addFinalizer(CloudElementsAccount account) {
      return next(
          new ObjectMetaBuilder(account.getMetadata()).addToFinalizers(FINALIZER).build(),
          account.getStatus());
    }

    @Override
    public void removeFinalizer(CloudElementsAccount account) {}

    @Override
    public CloudElementsAccount writeStatus(
        CloudElementsAccount account, CloudElementsAccountStatus status) {
      reported = Optional.of(next(account.getMetadata(), status));
      if (answersAreLost) {
        throw new ClusterConflict("no answer");
      }
      return reported.get();
    }

    @Override
    public void publish(CloudElementsAccount account, EventRecord event) {}

    private CloudElementsAccount next(ObjectMeta meta, CloudElementsAccountStatus status) {
      version++;
      return account(
          new ObjectMetaBuilder(meta).withResourceVersion(Integer.toString(version)).build(),
          status);
    }
  }

  private record OneReferring() implements AccountReconciliation.AccountCaches {
    @Override
    public List<ConnectWiseInstance> referring(ResourceId account) {
      return List.of(Resources.acme(acme -> acme.setStatus(null)));
    }

    @Override
    public Optional<Map<String, String>> labels(String namespace) {
      return Optional.empty();
    }
  }

  private record OneSecret() implements AccountKeyring.SecretSource {
    @Override
    public Optional<Secret> read(ResourceId secret) {
      return Optional.of(
          new SecretBuilder()
              .withNewMetadata()
              .withName(secret.name())
              .endMetadata()
              .withData(Map.of("userSecret", "dXNlcg==", "organizationSecret", "b3Jn"))
              .build());
    }

    @Override
    public Optional<String> version(ResourceId secret) {
      return Optional.empty();
    }
  }
}
