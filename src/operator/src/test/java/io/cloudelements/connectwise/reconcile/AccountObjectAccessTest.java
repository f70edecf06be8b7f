package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.account.Consent;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a resource asks of an account object: its owner consents to that and to nothing else. */
class AccountObjectAccessTest {
  private static final String REF = "accountRef: {name: acme, namespace: platform}";
  private static final String BY_SPEC = "taking over instance 7 by spec.adoptInstanceId";
  private static final String BY_ANNOTATION =
      "taking over an instance by the annotation cloudelements.io/take-over";

  private final AccountAuthorizer none = new AccountAuthorizer(AccountDirectory.NONE);

  /** Such a resource has no owner to ask. */
  @Test
  void withoutAReferenceItsOwnSecretsOpenTheAccount() {
    // Given
    ConnectWiseInstance own = ReconcileInputs.helpdesk().build().resource();
    // When
    AccountSource source = AccountObjectAccess.open(none, own);
    // Then
    assertThat(source).isEqualTo(AccountSource.OWN);
    assertThat(AccountObjectAccess.versionOfObject(none, own)).isEmpty();
    assertThat(AccountObjectAccess.version(none, own)).isEqualTo(AccountSource.OWN.version());
  }

  /** Its own Secrets are not used instead. */
  @Test
  void aReferenceToNoAccountObjectOpensNothing() {
    // Given
    ConnectWiseInstance referring = ReconcileInputs.helpdesk(REF).build().resource();
    AccountSource nothing = new AccountSource.NotUsable(new ResourceId("platform", "acme"));
    // When
    AccountSource source = AccountObjectAccess.open(none, referring);
    // Then
    assertThat(source).isEqualTo(nothing);
    assertThat(AccountObjectAccess.versionOfObject(none, referring)).contains(nothing.version());
    assertThat(AccountObjectAccess.version(none, referring)).isEqualTo(nothing.version());
  }

  @Test
  void aNewResourceAsksForItsElementAlone() {
    // Given
    ConnectWiseInstance resource = ReconcileInputs.helpdesk(REF).build().resource();
    // When
    Consent.ConsentRequest request = AccountObjectAccess.of(resource);
    // Then
    assertThat(request)
        .isEqualTo(
            new Consent.ConsentRequest(
                "integrations",
                Optional.of("connectwisehd"),
                Optional.empty(),
                false,
                Optional.empty()));
  }

  /** Its element and what it took may be forbidden since; it removes only what is its own. */
  @Test
  void aDeletionAsksForNothingButItself() {
    // Given
    ConnectWiseInstance resource =
        ReconcileInputs.helpdesk(REF, "adoptInstanceId: 7")
            .deleting()
            .reporting(Resources.status(3L, 8L, "account-1", null))
            .build()
            .resource();
    // When
    Consent.ConsentRequest request = AccountObjectAccess.of(resource);
    // Then
    assertThat(request)
        .isEqualTo(
            new Consent.ConsentRequest(
                "integrations",
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of("account-1")));
  }

  /** Where the adoption is complete, a permit that was withdrawn would stop what is in use. */
  @ParameterizedTest
  @CsvSource({
    "Manage,  none,      7, true",
    "Manage,  open,      7, true",
    "Manage,  completed, 7, false",
    "Manage,  completed, 8, true",
    "Observe, completed, 7, true",
    "Plan,    completed, 7, true",
  })
  void anAdoptionAsksUntilItIsComplete(String policy, String adoption, long adopted, boolean asks) {
    // Given
    ConnectWiseInstance resource =
        ReconcileInputs.helpdesk(REF, "adoptInstanceId: 7", "managementPolicy: " + policy)
            .reporting(Resources.status(3L, 7L, "account-1", null))
            .build()
            .resource();
    if (!adoption.equals("none")) {
      report(
          resource,
          adoption.equals("open")
              ? new Adoption.Open(adopted, Instant.EPOCH, Optional.empty())
              : new Adoption.Completed(adopted));
    }
    // When
    Optional<String> takes = AccountObjectAccess.of(resource).takes();
    // Then
    assertThat(takes).isEqualTo(asks ? Optional.of(BY_SPEC) : Optional.empty());
  }

  /** The annotation is good for once, so that a value that was followed takes nothing. */
  @ParameterizedTest
  @CsvSource({"7, , true", "7, 7, false", "8, 7, true", ", 7, false"})
  void aTakeOverAsksUntilItIsFollowed(String value, String followed, boolean asks) {
    // Given
    ConnectWiseInstance resource = annotated(Optional.ofNullable(value), "");
    resource.setStatus(
        Serialization.unmarshal(
            "observedGeneration: 3"
                + (followed == null ? "" : "\nlastHandledTakeOver: '" + followed + "'"),
            ConnectWiseInstanceStatus.class));
    // When
    Optional<String> takes = AccountObjectAccess.of(resource).takes();
    // Then
    assertThat(takes).isEqualTo(asks ? Optional.of(BY_ANNOTATION) : Optional.empty());
  }

  /** The message names what its writer would look for first. */
  @Test
  void theSpecIsNamedBeforeTheAnnotation() {
    // Given
    ConnectWiseInstance resource = annotated(Optional.of("9"), "adoptInstanceId: 7");
    // When
    Optional<String> takes = AccountObjectAccess.of(resource).takes();
    // Then
    assertThat(takes).contains(BY_SPEC);
  }

  @Test
  void aResourceWithoutAnnotationsTakesNothing() {
    // Given
    ConnectWiseInstance resource = ReconcileInputs.helpdesk(REF).build().resource();
    resource.getMetadata().setAnnotations(null);
    // When
    Optional<String> takes = AccountObjectAccess.of(resource).takes();
    // Then
    assertThat(takes).isEmpty();
  }

  private static ConnectWiseInstance annotated(Optional<String> takeOver, String line) {
    ReconcileInputs given = ReconcileInputs.helpdesk(REF, line);
    takeOver.ifPresent(value -> given.annotated(Confirmation.TAKE_OVER.annotation(), value));
    return given.build().resource();
  }

  private static void report(ConnectWiseInstance resource, Adoption adoption) {
    resource.setStatus(Resources.adopting(resource.getStatus(), adoption));
  }
}
