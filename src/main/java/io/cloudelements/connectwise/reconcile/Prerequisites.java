package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** What ends a pass before it asks the service anything. */
final class Prerequisites {
  private Prerequisites() {}

  static Optional<Outcome> outcome(ReconcileInput input) {
    ConnectWiseInstanceSpec spec = input.resource().getSpec();
    if (input.deleting() && keepsInstance(spec)) {
      return Optional.of(
          Outcome.of(Reason.RETAINED, "The instance, if any, stays at the service."));
    }
    Optional<Outcome> ofCrd = input.deleting() ? crdInTheWay(input.crd()) : Optional.empty();
    if (ofCrd.isPresent()) {
      return ofCrd;
    }
    if (Boolean.TRUE.equals(spec.suspend())) {
      return Optional.of(
          Outcome.of(
              Reason.SUSPENDED,
              input.deleting()
                  ? "Deletion waits, since spec.suspend is true. Set it to false, or set"
                      + " spec.deletionPolicy: Retain to leave the instance at the service."
                  : "spec.suspend is true: no call is made and nothing is written. Set it to false to go on."));
    }
    return input.deleting() ? Optional.empty() : secretConflict(input);
  }

  private static boolean keepsInstance(ConnectWiseInstanceSpec spec) {
    boolean readOnly =
        Optional.ofNullable(spec.managementPolicy())
            .flatMap(ManagementPolicy::ofKey)
            .filter(policy -> policy != ManagementPolicy.MANAGE)
            .isPresent();
    return readOnly
        || DesiredResolver.deletionPolicy(spec)
            .filter(policy -> policy == DeletionPolicy.RETAIN)
            .isPresent();
  }

  /** No instance is deleted because the CRD is. */
  private static Optional<Outcome> crdInTheWay(CrdState crd) {
    return switch (crd) {
      case IN_USE -> Optional.empty();
      case BEING_DELETED ->
          Optional.of(
              Outcome.of(
                  Reason.CRD_IS_BEING_DELETED,
                  "The CRD "
                      + CrdState.CRD
                      + " is being deleted, or was deleted and applied again, and the API server deletes"
                      + " every resource with it. The instance is left alone, since nothing shows that"
                      + " it is to go. To keep it, set spec.deletionPolicy: Retain, and apply the CRD"
                      + " and this resource again once both are gone: the instance is found by its"
                      + " tag. To delete it, annotate the CRD with "
                      + CrdState.CONFIRM_DELETION
                      + ": \"true\"."));
      case FORBIDDEN ->
          Optional.of(
              deletionBlocked(
                  Outcome.of(
                      Reason.DELETION_BLOCKED,
                      "The operator may not read the CRD "
                          + CrdState.CRD
                          + ", so it cannot tell whether this resource is deleted only because the CRD"
                          + " is. Allow its service account to get that CRD (docs/security.md,"
                          + " Permissions).")));
    };
  }

  /** A token Secret that belongs to somebody else stops the pass before anything is made for it. */
  private static Optional<Outcome> secretConflict(ReconcileInput input) {
    String name = TokenSecretContract.nameFor(input.resource());
    return input
        .secret(name)
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

  /** Needs neither the account nor the service, so that nothing can hold the deletion up. */
  static Outcome nothingMade() {
    return Outcome.of(
        Reason.DELETED,
        "No creation for this resource has taken effect, so there is nothing to delete.");
  }

  static Outcome deletionBlocked(Outcome cause) {
    return new Outcome(
        Reason.DELETION_BLOCKED,
        "Deletion waits. "
            + cause.message()
            + " Or set spec.deletionPolicy: Retain to leave the instance at the service.",
        cause.requestId(),
        cause.notBefore());
  }

  /** What the status of a new resource says while others are served first. */
  static Outcome waiting(ManagementPolicy policy, String among) {
    return Outcome.of(
        policy == ManagementPolicy.MANAGE ? Reason.PROVISIONING : Reason.HELD_BACK,
        "Waiting for its turn among " + among + ".");
  }

  /** What the status says from a record on, until the pass ends. */
  static Outcome announcing(Action.Record record, boolean deleting) {
    return switch (record) {
      case Action.BeginAdoption(var adoption) ->
          Outcome.of(
              deleting ? Reason.DELETING : Reason.UPDATING,
              "Instance " + adoption.instanceId() + " is being adopted.");
      case Action.RecordIntent(var intent, boolean fresh) -> {
        if (deleting) {
          yield Outcome.of(Reason.DELETING, "Looking for instances that carry the ownership tag.");
        }
        yield fresh
            ? Outcome.of(
                Reason.PROVISIONING,
                "Creation attempt " + intent.attempt() + " is recorded and under way.")
            : Outcome.of(
                Reason.AWAITING_OUTCOME,
                "A creation may have been made earlier; looking for its instance.");
      }
      case Action.ForgetConfiguration _ ->
          Outcome.of(Reason.UPDATING, "The configuration is being sent.");
    };
  }
}
