package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  /** A Secret that is not read looks deleted, and one too many would be somebody else's. */
  @Test
  void aPassReadsTheSecretsThatItsResourceRefersToAndNoOther() {
    // Given
    Snapshot first = Snapshots.helpdesk().build();
    Snapshot renamed =
        Snapshots.helpdesk("accountSecretRef: {name: shared}", "tokenSecret: {name: bound}")
            .reporting(
                Serialization.unmarshal(
                    "tokenSecretRef: {name: former}", ConnectWiseInstanceStatus.class))
            .build();
    // When
    Set<String> names = Snapshot.secretNames(renamed.resource());
    // Then
    assertThat(names).containsExactly("acme", "bound", "former", "shared");
    assertThat(Snapshot.secretNames(first.resource()))
        .containsExactly("acme", "acme-helpdesk-token");
  }

  @Test
  void theAccountsSecretIsTheCredentialsOneUnlessNamed() {
    // Given
    Snapshot own = Snapshots.helpdesk().build();
    Snapshot shared = Snapshots.helpdesk("accountSecretRef: {name: shared}").build();
    // When
    String name = Snapshot.accountSecretName(own.resource());
    // Then
    assertThat(name).isEqualTo("acme");
    assertThat(Snapshot.accountSecretName(shared.resource())).isEqualTo("shared");
  }

  /** The finalizer of another controller says nothing about a POST of this one. */
  @Test
  void onlyOurFinalizerCounts() {
    // Given
    Snapshot foreign = Snapshots.helpdesk().build();
    foreign.resource().addFinalizer("example.com/other");
    // When
    boolean ours = foreign.hasFinalizer();
    // Then
    assertThat(ours).isFalse();
    assertThat(Snapshots.helpdesk().finalized().build().hasFinalizer()).isTrue();
  }

  /** As kubectl and people write it. */
  @Test
  void aResourceIsCalledByNamespaceAndName() {
    // Given
    Snapshot snapshot = Snapshots.helpdesk().build();
    // When
    ResourceRef ref = snapshot.ref();
    // Then
    assertThat(ref.id()).hasToString("integrations/acme-helpdesk");
    assertThat(ref.uid()).isEqualTo(Snapshots.UID);
    assertThat(ref.at("11").version()).isEqualTo("11");
  }

  @Test
  void aViewWithOneThingChangedKeepsTheRest() {
    // Given
    Snapshot before = Snapshots.helpdesk().failedBefore(3).build();
    Snapshot other = Snapshots.helpdesk("suspend: true").build();
    // When
    Snapshot after = before.with(other.resource());
    // Then
    assertThat(after.resource().getSpec().suspend()).isTrue();
    assertThat(after.failures()).isEqualTo(3);
    assertThat(after.secrets()).isEqualTo(before.secrets());
    assertThat(before.secret("acme")).isPresent();
  }
}
