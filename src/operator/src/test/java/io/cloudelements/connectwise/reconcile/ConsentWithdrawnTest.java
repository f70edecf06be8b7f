package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.TagMatches;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resource that has its instance, in a namespace that may no longer use the account. */
class ConsentWithdrawnTest {
  private static final Account ACCOUNT =
      new Account(ReconcileInputs.BASE_URL, SecretValue.of("admin"), SecretValue.of("organization"))
          .of(Optional.of("4711"));
  private static final OwnershipTag TAG = OwnershipTag.of("cluster-a", ReconcileInputs.ID);

  private final RecordedCluster cluster = new RecordedCluster();
  private final List<String> calls = new ArrayList<>();
  private final OneAccount directory = new OneAccount(ACCOUNT);
  private Instant now = Instant.parse("2026-11-30T12:00:00Z");

  @BeforeEach
  void withdraw() {
    directory.account = Optional.of(accountOfOthers());
  }

  /** One instance, which carries the resource's ownership tag. */
  private final class Service implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      calls.add(call.getClass().getSimpleName());
      return call.answerType()
          .cast(
              call instanceof InstanceCall.FindByTag
                  ? TagMatches.of(List.of(marked()))
                  : new InstanceCall.Done());
    }
  }

  @Test
  void keepsItsSecretAndItsReadinessAndCallsNothing() {
    // When
    ConnectWiseInstanceStatus told = reconciled(tenant().reporting(ready()));
    // Then
    assertThat(reason(told, "Synced")).isEqualTo("WaitingForAccount");
    assertThat(condition(told, "Ready").orElseThrow().getStatus()).isEqualTo("True");
    assertThat(told.instanceId()).isEqualTo(7L);
    assertThat(told.tokenSecretRef().name()).isEqualTo("acme-helpdesk-token");
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(calls).isEmpty();
    assertThat(directory.reads).isZero();
  }

  @Test
  void isStalledAfterTwoMinutes() {
    // Given
    ConnectWiseInstanceStatus waiting = reconciled(tenant().reporting(ready()));
    // When
    now = now.plus(Duration.ofMinutes(2));
    ConnectWiseInstanceStatus told = reconciled(tenant().reporting(waiting));
    // Then
    assertThat(reason(told, "Stalled")).isEqualTo("AccountNotUsable");
    assertThat(condition(told, "Ready").orElseThrow().getStatus()).isEqualTo("True");
    assertThat(cluster.writes()).containsExactly("status at 10", "status at 10");
    assertThat(calls).isEmpty();
    assertThat(directory.reads).isZero();
  }

  @Test
  void readsAsIfThereWereNoSuchAccount() {
    // Given
    ConnectWiseInstanceStatus withdrawn = reconciled(tenant().reporting(ready()));
    // When
    directory.account = Optional.empty();
    ConnectWiseInstanceStatus absent = reconciled(tenant().reporting(ready()));
    // Then
    assertThat(withdrawn).isEqualTo(absent);
  }

  /** The tag proves whose the instance is; nothing else of the account is asked for. */
  @Test
  void isDeletedWithItsInstance() {
    // Given
    ReconcileInputs deleting = tenant().deleting().reporting(ready());
    // When
    run(deleting);
    // Then
    assertThat(calls).containsExactly("FindByTag", "Delete");
    assertThat(cluster.writes()).contains("remove finalizer at 10");
  }

  private ConnectWiseInstanceStatus reconciled(ReconcileInputs given) {
    run(given);
    return cluster.status();
  }

  private void run(ReconcileInputs given) {
    ReconcileInput input = given.build();
    new Reconciliation(
            new Service(),
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1)),
            () -> now)
        .run(
            input.with(
                AccountObjectAccess.open(new AccountAuthorizer(directory), input.resource())));
  }

  private static ReconcileInputs tenant() {
    return ReconcileInputs.withoutAccount("accountRef: {name: acme, namespace: platform}")
        .withToken("acme-helpdesk-token", "t")
        .finalized();
  }

  private static ConnectWiseInstanceStatus ready() {
    return Resources.status(3L, 7L, ACCOUNT.fingerprint(), "acme-helpdesk-token");
  }

  private static ListedInstance marked() {
    return new ListedInstance(
        7,
        Optional.of("Acme"),
        Optional.of("connectwisehd"),
        Optional.of(TAG.with(Set.of())),
        Optional.of(true),
        Optional.of(false),
        Optional.empty());
  }

  private static CloudElementsAccount accountOfOthers() {
    String manifest =
        """
        metadata: {name: acme, namespace: platform, uid: u-1, generation: 1}
        spec: {secretRef: {name: acme-admin}, allowedNamespaces: {from: Names, names: [another]}}
        status:
          observedGeneration: 1
          fingerprint: %s
          credentialsRevision: r1
          conditions: [{type: Ready, status: 'True', reason: Verified, message: fine}]
        """
            .formatted(ACCOUNT.fingerprint());
    return Serialization.unmarshal(manifest, CloudElementsAccount.class);
  }

  private static Optional<Condition> condition(ConnectWiseInstanceStatus of, String type) {
    return of.conditions().stream().filter(known -> type.equals(known.getType())).findFirst();
  }

  private static String reason(ConnectWiseInstanceStatus of, String type) {
    return condition(of, type).orElseThrow().getReason();
  }
}
