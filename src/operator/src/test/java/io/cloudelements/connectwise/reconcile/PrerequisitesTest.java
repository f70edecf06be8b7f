package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrerequisitesTest {
  static Stream<Arguments> ends() {
    return Stream.of(
        end("a resource that lives goes on", ReconcileInputs.helpdesk(), null, ""),
        end(
            "one that is deleted asks the service",
            ReconcileInputs.helpdesk().deleting(),
            null,
            ""),
        end(
            "suspended means no call, whatever else is asked",
            ReconcileInputs.helpdesk("suspend: true"),
            Reason.SUSPENDED,
            "no call is made and nothing is written"),
        end("resumed goes on", ReconcileInputs.helpdesk("suspend: false"), null, ""),
        end(
            "a deletion waits too, and says how it goes on",
            ReconcileInputs.helpdesk("suspend: true").deleting(),
            Reason.SUSPENDED,
            "Deletion waits, since spec.suspend is true. Set it to false"),
        end(
            "retaining needs no call, so that nothing can hold it up",
            ReconcileInputs.helpdesk("suspend: true", "deletionPolicy: Retain").deleting(),
            Reason.RETAINED,
            "stays at the service"),
        end(
            "Retain says nothing while the resource lives",
            ReconcileInputs.helpdesk("deletionPolicy: Retain"),
            null,
            ""),
        end(
            "who only observes deletes nothing",
            ReconcileInputs.helpdesk("managementPolicy: Observe").deleting(),
            Reason.RETAINED,
            "stays at the service"),
        end(
            "who only plans deletes nothing",
            ReconcileInputs.helpdesk("managementPolicy: Plan").deleting(),
            Reason.RETAINED,
            "stays at the service"),
        end(
            "Manage deletes",
            ReconcileInputs.helpdesk("managementPolicy: Manage", "deletionPolicy: Delete")
                .deleting(),
            null,
            ""),
        end(
            "no instance is deleted because the CRD is",
            ReconcileInputs.helpdesk().deleting().of(CrdState.BEING_DELETED),
            Reason.CRD_IS_BEING_DELETED,
            "The instance is left alone, since nothing shows that it is to go. To keep it, set"
                + " spec.deletionPolicy: Retain"),
        end(
            "the CRD outranks suspension, whose way out would delete",
            ReconcileInputs.helpdesk("suspend: true").deleting().of(CrdState.BEING_DELETED),
            Reason.CRD_IS_BEING_DELETED,
            "annotate the CRD with cloudelements.io/confirm-deletion: \"true\""),
        end(
            "Retain is the way out",
            ReconcileInputs.helpdesk("deletionPolicy: Retain")
                .deleting()
                .of(CrdState.BEING_DELETED),
            Reason.RETAINED,
            "stays at the service"),
        end(
            "what cannot be known must not cost an instance",
            ReconcileInputs.helpdesk().deleting().of(CrdState.FORBIDDEN),
            Reason.DELETION_BLOCKED,
            "may not read the CRD connectwiseinstances.cloudelements.io"),
        end(
            "a former resource's Secret is waited for",
            ReconcileInputs.helpdesk().with(ofFormerResource()),
            Reason.FORMER_SECRET,
            "Secret acme-helpdesk-token belongs to a former resource of this name."),
        end(
            "our token Secret is no conflict",
            ReconcileInputs.helpdesk().withToken("acme-helpdesk-token", "t"),
            null,
            ""),
        end(
            "another owner's Secret under its name stops the reconcile before anything is made for"
                + " it",
            ReconcileInputs.helpdesk().with("acme-helpdesk-token", Map.of()),
            Reason.SECRET_CONFLICT,
            "Secret acme-helpdesk-token exists and is not this resource's, so it is not touched."
                + " Set spec.tokenSecret.name to another name, or remove that Secret."),
        end(
            "it does not stop a deletion, which writes no Secret",
            ReconcileInputs.helpdesk().with("acme-helpdesk-token", Map.of()).deleting(),
            null,
            ""),
        end(
            "another name is the way out",
            ReconcileInputs.helpdesk("tokenSecret: {name: other}")
                .with("acme-helpdesk-token", Map.of()),
            null,
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void endsAReconcileBeforeTheFirstCall(
      String why, ReconcileInputs given, Reason reason, String message) {
    // Given
    ReconcileInput input = given.build();
    // When
    Optional<Outcome> outcome = Prerequisites.outcome(input, Recorded.NOTHING);
    // Then
    assertThat(outcome.map(Outcome::reason)).as(why).isEqualTo(Optional.ofNullable(reason));
    assertThat(outcome.map(Outcome::message).orElse("")).contains(message);
  }

  private static Arguments end(String why, ReconcileInputs given, Reason reason, String message) {
    return Arguments.of(why, given, reason, message);
  }

  private static Secret ofFormerResource() {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("acme-helpdesk-token")
        .addNewOwnerReference()
        .withKind("ConnectWiseInstance")
        .withName(ReconcileInputs.ID.name())
        .withUid("former-uid")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withType(TokenSecretContract.TYPE)
        .build();
  }
}
