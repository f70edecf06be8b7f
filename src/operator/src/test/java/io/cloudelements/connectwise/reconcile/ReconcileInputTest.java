package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileInputTest {

  /** A Secret that is not read looks deleted, and a further one would be of another resource. */
  @Test
  void readsOnlyTheReferencedSecrets() {
    // Given
    ReconcileInput first = ReconcileInputs.helpdesk().build();
    ReconcileInput renamed =
        ReconcileInputs.helpdesk("accountSecretRef: {name: shared}", "tokenSecret: {name: bound}")
            .reporting(
                Serialization.unmarshal(
                    "tokenSecretRef: {name: former}", ConnectWiseInstanceStatus.class))
            .build();
    // When
    Set<String> names = ReconcileInput.secretNames(renamed.resource());
    // Then
    assertThat(names).containsExactly("acme", "bound", "former", "shared");
    assertThat(ReconcileInput.secretNames(first.resource()))
        .containsExactly("acme", "acme-helpdesk-token");
  }

  /** As a part of a URL it would read something else, or never end, with a place held. */
  @ParameterizedTest
  @ValueSource(strings = {"", ".", "../../other/secrets/theirs", "a?watch=true", "Upper", "a b"})
  void readsNoSecretWhoseNameInTheStatusIsNone(String name) {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk()
            .reporting(
                Serialization.unmarshal(
                    "observedGeneration: 3\ntokenSecretRef: {name: '" + name + "'}",
                    ConnectWiseInstanceStatus.class))
            .build();
    // When
    Set<String> names = ReconcileInput.secretNames(input.resource());
    // Then
    assertThat(names).containsExactly("acme", "acme-helpdesk-token");
    assertThat(StatusReader.recorded(input.resource()).tokenSecret()).isEmpty();
  }

  @Test
  void accountSecretDefaultsToTheCredentialsSecret() {
    // Given
    ReconcileInput own = ReconcileInputs.helpdesk().build();
    ReconcileInput shared = ReconcileInputs.helpdesk("accountSecretRef: {name: shared}").build();
    // When
    String name = own.spec().accountSecret();
    // Then
    assertThat(name).isEqualTo("acme");
    assertThat(shared.spec().accountSecret()).isEqualTo("shared");
  }

  /** The finalizer of another controller says nothing about a POST of this one. */
  @Test
  void countsOnlyItsOwnFinalizer() {
    // Given
    ReconcileInput foreign = ReconcileInputs.helpdesk().build();
    foreign.resource().addFinalizer("example.com/other");
    // When
    boolean ours = foreign.hasFinalizer();
    // Then
    assertThat(ours).isFalse();
    assertThat(ReconcileInputs.helpdesk().finalized().build().hasFinalizer()).isTrue();
  }

  /** As kubectl and people write it. */
  @Test
  void identifiesAResourceByNamespaceAndName() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    // When
    ResourceRef ref = input.ref();
    // Then
    assertThat(ref.id()).hasToString("integrations/acme-helpdesk");
    assertThat(ref.uid()).isEqualTo(ReconcileInputs.UID);
    assertThat(ref.at("11").version()).isEqualTo("11");
  }

  @Test
  void aChangedCopyKeepsTheOtherFields() {
    // Given
    ReconcileInput before = ReconcileInputs.helpdesk().failedBefore(3).build();
    ReconcileInput other = ReconcileInputs.helpdesk("suspend: true").build();
    // When
    ReconcileInput after = before.with(other.resource());
    // Then
    assertThat(after.resource().getSpec().suspend()).isTrue();
    assertThat(after.history().failures()).isEqualTo(3);
    assertThat(after.secrets()).isEqualTo(before.secrets());
    assertThat(before.secret("acme")).isPresent();
  }
}
