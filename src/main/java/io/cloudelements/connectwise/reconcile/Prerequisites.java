package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Verdict;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** What ends a pass before it asks the service anything. */
final class Prerequisites {
  private Prerequisites() {}

  static Optional<Verdict> verdict(Snapshot snapshot) {
    ConnectWiseInstanceSpec spec = snapshot.resource().getSpec();
    if (snapshot.deleting() && keepsInstance(spec)) {
      return Optional.of(
          Verdict.of(Reason.RETAINED, "The instance, if any, stays at the service."));
    }
    Optional<Verdict> ofCrd = snapshot.deleting() ? crdInTheWay(snapshot.crd()) : Optional.empty();
    if (ofCrd.isPresent()) {
      return ofCrd;
    }
    if (Boolean.TRUE.equals(spec.suspend())) {
      return Optional.of(
          Verdict.of(
              Reason.SUSPENDED,
              snapshot.deleting()
                  ? "Deletion waits, since spec.suspend is true. Set it to false, or set"
                      + " spec.deletionPolicy: Retain to leave the instance at the service."
                  : "spec.suspend is true: no call is made and nothing is written. Set it to false to go on."));
    }
    return snapshot.deleting() ? Optional.empty() : secretConflict(snapshot);
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
  private static Optional<Verdict> crdInTheWay(CrdState crd) {
    return switch (crd) {
      case IN_USE -> Optional.empty();
      case BEING_DELETED ->
          Optional.of(
              Verdict.of(
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
                  Verdict.of(
                      Reason.DELETION_BLOCKED,
                      "The operator may not read the CRD "
                          + CrdState.CRD
                          + ", so it cannot tell whether this resource is deleted only because the CRD"
                          + " is. Allow its service account to get that CRD (docs/security.md,"
                          + " Permissions).")));
    };
  }

  /** A token Secret that belongs to somebody else stops the pass before anything is made for it. */
  private static Optional<Verdict> secretConflict(Snapshot snapshot) {
    String name = TokenSecretContract.nameFor(snapshot.resource());
    return snapshot
        .secret(name)
        .filter(secret ->
            !TokenSecretContract.isOurs(
                secret, snapshot.metadata().getUid(), snapshot.recordedInstance()))
        .filter(secret ->
            snapshot.recordedInstance().isPresent() || !TokenSecretContract.mayBeOurs(secret))
        .map(secret ->
            TokenSecretContract.isOfFormerResource(secret, snapshot.resource())
                ? ofFormerResource(secret)
                : TokenSecretDelivery.notOurs(secret));
  }

  private static Verdict ofFormerResource(Secret secret) {
    return Verdict.of(
        Reason.FORMER_SECRET,
        "Secret "
            + secret.getMetadata().getName()
            + " belongs to a former resource of this name. Waiting for the garbage collector to"
            + " remove it; if it stays, remove it by hand.");
  }

  /** Needs neither the account nor the service, so that nothing can hold the deletion up. */
  static Verdict nothingMade() {
    return Verdict.of(
        Reason.DELETED,
        "No creation for this resource has taken effect, so there is nothing to delete.");
  }

  static Verdict deletionBlocked(Verdict cause) {
    return new Verdict(
        Reason.DELETION_BLOCKED,
        "Deletion waits. "
            + cause.message()
            + " Or set spec.deletionPolicy: Retain to leave the instance at the service.",
        cause.requestId(),
        cause.notBefore());
  }

  /** What the status of a new resource says while others are served first. */
  static Verdict waiting(ManagementPolicy policy, String among) {
    return Verdict.of(
        policy == ManagementPolicy.MANAGE ? Reason.PROVISIONING : Reason.HELD_BACK,
        "Waiting for its turn among " + among + ".");
  }

  /** What the status says from a record on, until the pass ends. */
  static Verdict announcing(Action.Record record, boolean deleting) {
    return switch (record) {
      case Action.BeginAdoption(var adoption) ->
          Verdict.of(
              deleting ? Reason.DELETING : Reason.UPDATING,
              "Instance " + adoption.instanceId() + " is being adopted.");
      case Action.Intend(var intent, boolean fresh) -> {
        if (deleting) {
          yield Verdict.of(Reason.DELETING, "Looking for instances that carry the ownership tag.");
        }
        yield fresh
            ? Verdict.of(
                Reason.PROVISIONING,
                "Creation attempt " + intent.attempt() + " is recorded and under way.")
            : Verdict.of(
                Reason.AWAITING_OUTCOME,
                "A creation may have been made earlier; looking for its instance.");
      }
      case Action.ForgetConfiguration _ ->
          Verdict.of(Reason.UPDATING, "The configuration is being sent.");
    };
  }
}
