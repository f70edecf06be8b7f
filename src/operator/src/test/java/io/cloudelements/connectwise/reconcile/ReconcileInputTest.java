package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileInputTest {
  private static final DesiredInstance DESIRED =
      ((DesiredResolver.Resolution.Resolved)
              new DesiredResolver(ReconcileInputs.SETTINGS)
                  .resolve(ReconcileInputs.helpdesk().build()))
          .desired();

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

  static Stream<Arguments> stages() {
    return Stream.of(
        Arguments.of("new", ReconcileInputs.helpdesk(), false, false),
        Arguments.of("in use", ReconcileInputs.helpdesk().finalized(), false, false),
        Arguments.of("being deleted", ReconcileInputs.helpdesk().deleting(), true, false),
        Arguments.of(
            "kept by others alone",
            ReconcileInputs.helpdesk().deletingWithoutFinalizer(),
            false,
            true));
  }

  /** A deletion may be the CRD's, until the operator has carried it out. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("stages")
  void aDeletionNeedsTheCrdUntilItIsReleased(
      String stage, ReconcileInputs given, boolean needsCrd, boolean released) {
    // Given
    ConnectWiseInstance resource = given.build().resource();
    // When
    boolean needed = ReconcileInput.needsCrd(resource);
    // Then
    assertThat(needed).isEqualTo(needsCrd);
    assertThat(ReconcileInput.isReleased(resource)).isEqualTo(released);
  }

  static Stream<Arguments> sources() {
    ResourceId name = new ResourceId("accounts", "acme");
    ApplicationSecrets user =
        new ApplicationSecrets(SecretValue.of("app-user"), SecretValue.of("app-organization"));
    return Stream.of(
        Arguments.of("", AccountSource.OWN, Optional.of(ApplicationSecrets.of(DESIRED.account()))),
        Arguments.of("accountRef: {name: acme}", AccountSource.OWN, Optional.empty()),
        Arguments.of(
            "accountRef: {name: acme}",
            ReconcileInputs.sharedAccount(Optional.of(user), "r"),
            Optional.of(user)),
        Arguments.of(
            "accountRef: {name: acme}",
            ReconcileInputs.sharedAccount(Optional.empty(), "r"),
            Optional.empty()),
        Arguments.of("", new AccountSource.NotUsable(name), Optional.empty()),
        Arguments.of("", new AccountSource.Limited(name, "taking over"), Optional.empty()),
        Arguments.of("", new AccountSource.Suspended(name), Optional.empty()),
        Arguments.of("", new AccountSource.NotReady(name, "it is new"), Optional.empty()));
  }

  /** An administrator's secrets in a tenant's namespace could not be taken back. */
  @ParameterizedTest
  @MethodSource("sources")
  void applicationsAreGivenWhatTheirNamespaceOrTheAccountGives(
      String line, AccountSource source, Optional<ApplicationSecrets> given) {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk(line).from(source).build();
    // When
    Optional<ApplicationSecrets> secrets = input.applicationSecrets(DESIRED);
    // Then
    assertThat(secrets).isEqualTo(given);
  }

  /** A value that was handled is no request, and neither is its removal after the report. */
  @ParameterizedTest
  @CsvSource({"new, old, true", "old, old, false", "new, , true", ", , false", ", old, true"})
  void aReconcileIsRequestedUntilItsValueIsReported(
      String asked, String handled, boolean requested) {
    // Given
    ReconcileInputs given = ReconcileInputs.helpdesk();
    if (asked != null) {
      given.annotated(Annotations.RECONCILE_REQUESTED_AT, asked);
    }
    if (handled != null) {
      given.reporting(
          Serialization.unmarshal(
              "lastHandledReconcileAt: " + handled, ConnectWiseInstanceStatus.class));
    }
    // When
    boolean found = given.build().reconcileIsRequested();
    // Then
    assertThat(found).isEqualTo(requested);
  }

  /** Neither a resource may do more than its operator, nor an operator more than its resource. */
  @ParameterizedTest
  @CsvSource({
    "Manage, MANAGE, MANAGE",
    "Manage, PLAN, PLAN",
    "Manage, OBSERVE, OBSERVE",
    "Plan, MANAGE, PLAN",
    "Observe, PLAN, PLAN",
    "Watch, MANAGE, ",
  })
  void theLowestPolicyHolds(String policy, ManagementPolicy mode, ManagementPolicy lowest) {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk("managementPolicy: " + policy).build().in(mode);
    // When
    Optional<ManagementPolicy> holds = input.policy();
    // Then
    assertThat(holds).isEqualTo(Optional.ofNullable(lowest));
  }

  /** A time that is not known is none that has come. */
  @ParameterizedTest
  @CsvSource({"PT0S, true", "PT1S, false", ", false"})
  void aFullCheckIsDueAtItsTimeAlone(Duration until, boolean due) {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk()
            .build()
            .with(ReconcileHistory.NONE.withNextFullCheck(Optional.ofNullable(until)));
    // When
    boolean found = input.fullCheckIsDue();
    // Then
    assertThat(found).isEqualTo(due);
  }

  @Test
  void everyCopyHasWhatIsNewAndWhatWasThere() {
    // Given
    ReconcileInput before = ReconcileInputs.helpdesk().build();
    AccountSource source = new AccountSource.Suspended(new ResourceId("accounts", "acme"));
    ClusterWriteFailure refused =
        new ClusterWriteFailure(ClusterWriteFailure.WriteKind.STATUS, 403, "denied");
    // When
    ReconcileInput after =
        before
            .with(CrdState.FORBIDDEN)
            .with(source)
            .with(refused)
            .with(ReconcileHistory.NONE)
            .in(ManagementPolicy.PLAN);
    // Then
    assertThat(after)
        .isEqualTo(
            new ReconcileInput(
                before.resource(),
                before.secrets(),
                source,
                CrdState.FORBIDDEN,
                ReconcileHistory.NONE,
                ManagementPolicy.PLAN,
                Optional.of(refused)));
  }
}
