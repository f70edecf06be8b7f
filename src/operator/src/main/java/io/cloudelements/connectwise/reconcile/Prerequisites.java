package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What ends a reconcile before it asks the service anything. */
final class Prerequisites {
  private static final List<Function<Prerequisites, Optional<Outcome>>> CHECKS =
      List.of(
          // needs neither the account nor the service, so that nothing can hold the deletion up
          Prerequisites::nothingMade,
          // the way out of a deletion that is blocked, so that nothing else may block it
          Prerequisites::instanceIsKept,
          // a person who deletes the CRD may not mean the instances
          Prerequisites::crdInTheWay,
          // no call and no write: not even a deletion
          Prerequisites::suspended,
          // nothing is made at the service whose token could not be delivered
          Prerequisites::secretConflict);

  private final ReconcileInput input;
  private final Recorded recorded;

  private Prerequisites(ReconcileInput input, Recorded recorded) {
    this.input = input;
    this.recorded = recorded;
  }

  /** The outcome of the first that is not met. */
  static Optional<Outcome> outcome(ReconcileInput input, Recorded recorded) {
    Prerequisites all = new Prerequisites(input, recorded);
    return CHECKS.stream().flatMap(check -> check.apply(all).stream()).findFirst();
  }

  private Optional<Outcome> nothingMade() {
    return Optional.of(
            Outcome.of(
                Reason.DELETED,
                "No creation for this resource has taken effect, so there is nothing to delete."))
        .filter(_ -> input.deleting() && recorded.nothingMade());
  }

  private Optional<Outcome> instanceIsKept() {
    boolean readOnly =
        input.policy().filter(policy -> policy != ManagementPolicy.MANAGE).isPresent();
    boolean retain = input.spec().deletionPolicy().equals(Optional.of(DeletionPolicy.RETAIN));
    return Optional.of(Outcome.of(Reason.RETAINED, "The instance, if any, stays at the service."))
        .filter(_ -> input.deleting() && (readOnly || retain));
  }

  private Optional<Outcome> suspended() {
    return Optional.of(
            Outcome.of(
                Reason.SUSPENDED,
                input.deleting()
                    ? "Deletion waits, since spec.suspend is true. Set it to false, or set"
                        + " spec.deletionPolicy: Retain to leave the instance at the service."
                    : "spec.suspend is true: no call is made and nothing is written. Set it to"
                        + " false to go on."))
        .filter(_ -> input.spec().suspended());
  }

  private Optional<Outcome> crdInTheWay() {
    if (!input.deleting()) {
      return Optional.empty();
    }
    return switch (input.crd()) {
      case IN_USE -> Optional.empty();
      case BEING_DELETED ->
          Optional.of(
              Outcome.of(
                  Reason.CRD_IS_BEING_DELETED,
                  "The CRD "
                      + CrdState.CRD
                      + " is being deleted, or was deleted and applied again, and the API server"
                      + " deletes every resource with it. The instance is left alone, since nothing"
                      + " shows that it is to go. To keep it, set spec.deletionPolicy: Retain, and"
                      + " apply the CRD and this resource again once both are gone: the instance is"
                      + " found by its tag. To delete it, annotate the CRD with "
                      + CrdState.CONFIRM_DELETION
                      + ": \"true\"."));
      case FORBIDDEN ->
          Optional.of(
              ProgressOutcomes.deletionBlocked(
                  Outcome.of(
                      Reason.DELETION_BLOCKED,
                      "The operator may not read the CRD "
                          + CrdState.CRD
                          + ", so it cannot tell whether this resource is deleted only because the"
                          + " CRD is. Allow its service account to get that CRD (docs/security.md,"
                          + " Permissions).")));
    };
  }

  private Optional<Outcome> secretConflict() {
    return input
        .secret(input.spec().tokenSecretName())
        .filter(_ -> !input.deleting())
        .filter(secret ->
            !TokenSecretContract.isOurs(
                secret, input.metadata().getUid(), input.recordedInstance()))
        .filter(secret ->
            input.recordedInstance().isPresent() || !TokenSecretContract.mayBeOurs(secret))
        .map(secret ->
            TokenSecretContract.isOfFormerResource(secret, input.resource())
                ? ofFormerResource(secret)
                : TokenSecretDelivery.notOurs(secret));
  }

  private static Outcome ofFormerResource(Secret secret) {
    return Outcome.of(
        Reason.FORMER_SECRET,
        "Secret "
            + secret.getMetadata().getName()
            + " belongs to a former resource of this name. Waiting for the garbage collector to"
            + " remove it; if it stays, remove it by hand.");
  }
}
