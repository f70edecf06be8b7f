package io.cloudelements.connectwise.instance;

import java.time.Instant;

/** Outcomes on instances that are not, or not shown to be, this resource's. */
final class OwnershipOutcomes {
  /** A secret that was reset at the service is dead (contract §11); a mistake can be undone. */
  private static final String CHANGED_BY_MISTAKE =
      "If the Secret or spec.baseUrl was changed by mistake, put the former values back, as long as"
          + " they still work: a user secret that was reset does not.";

  private static final String FORMER_NAME =
      "If that is this cluster under its former name, give the operator its former CLUSTER_NAME"
          + " again. ";

  private static final String GIVE_UP =
      "To give it up, set spec.deletionPolicy: Retain and delete this resource.";

  private OwnershipOutcomes() {}

  static Outcome wrongElement(long id, String found, DesiredInstance desired) {
    return Outcome.of(
        Reason.WRONG_ELEMENT,
        "Instance "
            + id
            + " is of element "
            + found
            + ", not "
            + desired.element().key()
            + ", and is left alone. Name an instance of the right element in spec.adoptInstanceId,"
            + " or remove the tag "
            + desired.ownershipTag()
            + " from it.");
  }

  static Outcome ownedByAnother(long id, String foreign, PlannerInput in) {
    boolean sameCluster = in.desired().ownershipTag().sameCluster(foreign);
    String owner =
        sameCluster ? "another resource of this cluster" : "a resource of another cluster";
    return Outcome.of(
        Reason.OWNED_BY_ANOTHER,
        "Instance "
            + id
            + " belongs to "
            + owner
            + " (tag "
            + foreign
            + ") and is left alone. "
            + (sameCluster ? "" : FORMER_NAME)
            + takeOver(id, in, "after the other owner has let go of it"));
  }

  static Outcome ownershipNotShown(RemoteInstance instance, PlannerInput in) {
    long id = instance.id();
    boolean tagsShown = Ownership.shownTags(instance.id(), in.seen()).isPresent();
    return Outcome.of(
        Reason.OWNERSHIP_NOT_SHOWN,
        (tagsShown
                ? "Instance " + id + " does not carry this resource's ownership tag "
                : "The service does not show the tags of instance "
                    + id
                    + ", and does not list it under this resource's ownership tag ")
            + in.desired().ownershipTag()
            + ", so it is only read. Put the tag on it at the service if it is this resource's. "
            + takeOver(id, in, "once you know that nothing else uses it"));
  }

  /** The service accepted the adoption and shows no effect of it. */
  static Outcome adoptionNotShown(long id, DesiredInstance desired) {
    return Outcome.of(
        Reason.OWNERSHIP_NOT_SHOWN,
        "The service accepted the adoption of instance "
            + id
            + " and does not show the tag "
            + desired.ownershipTag()
            + " on it, so it is not used; asking again. If this stays, look at the instance's tags"
            + " in the service's console.");
  }

  /** The annotation is valid for one take-over: two resources must not take turns for ever. */
  private static String takeOver(long id, PlannerInput in, String when) {
    DesiredInstance desired = in.desired();
    if (desired.policy() == ManagementPolicy.OBSERVE && !desired.namesToTake(id)) {
      return "Observe an instance with this resource's ownership tag or none.";
    }
    boolean spent = desired.namesToTake(id) && in.recorded().takenOver().equals(desired.takeOver());
    return spent
        ? "The annotation "
            + Confirmation.TAKE_OVER.annotation()
            + " has been followed once and is void; to take the instance again, remove it, wait for"
            + " a reconcile, and set it anew."
        : "To take it over, "
            + Confirmation.TAKE_OVER.by(Long.toString(id), desired)
            + " "
            + when
            + ".";
  }

  static Outcome adoptionRefused(long id, long wanted) {
    return Outcome.of(
        Reason.ADOPTION_REFUSED,
        "spec.adoptInstanceId asks for instance "
            + wanted
            + ", and this resource has instance "
            + id
            + ", which exists and stays in use; instance "
            + wanted
            + " is left alone. To change over, delete instance "
            + id
            + " at the service, which adopts the other; to keep it, delete this resource with"
            + " spec.deletionPolicy: Retain and apply it with adoptInstanceId: "
            + id
            + ".");
  }

  static Outcome accountChanged(long id, PlannerInput in) {
    DesiredInstance desired = in.desired();
    return Outcome.of(
        Reason.ACCOUNT_CHANGED,
        "Instance "
            + id
            + " was made in account "
            + in.recorded().account().orElse("(unknown)")
            + " and is not visible in account "
            + desired.account().fingerprint()
            + ", so nothing proves that it is gone. "
            + CHANGED_BY_MISTAKE
            + " After a reset, use the new secret of the same user, who sees the instance. To make"
            + " a new instance here, which leaves the old one behind, "
            + Confirmation.RECREATE.by(in.toBeginAnew().orElseThrow(), desired)
            + ". "
            + GIVE_UP);
  }

  /** The window is open: what the attempt makes may show in the account that opens now. */
  static Outcome attemptAwaitedInOtherAccount(Intent intent, PlannerInput in) {
    Instant closes = in.window().closesAt(intent);
    return Outcome.until(
        closes,
        Reason.AWAITING_OUTCOME,
        "The outcome of creation attempt "
            + intent.attempt()
            + ", begun at "
            + intent.startedAt()
            + " in account "
            + in.recorded().account().orElse("(unknown)")
            + ", is unknown, and account "
            + in.desired().account().fingerprint()
            + " does not show its instance. It is used as soon as it shows here; if none does by "
            + closes
            + ", none is made before a person confirms it.");
  }

  /** The window has passed: in the same account there would be none. */
  static Outcome attemptInOtherAccount(Intent intent, PlannerInput in) {
    String former = in.recorded().account().orElse("(unknown)");
    String account = in.desired().account().fingerprint();
    return Outcome.of(
        Reason.ACCOUNT_CHANGED,
        "The outcome of creation attempt "
            + intent.attempt()
            + " in account "
            + former
            + " is unknown, and account "
            + account
            + " shows no instance of it. If this is the same user under a secret that was reset,"
            + " there is none. To make one here, which leaves behind what account "
            + former
            + " may have, "
            + Confirmation.RECREATE.by(in.toBeginAnew().orElseThrow(), in.desired())
            + ". "
            + CHANGED_BY_MISTAKE
            + " "
            + GIVE_UP);
  }

  static Outcome deletionBlockedByAccount(Intent intent, DesiredInstance desired) {
    return Outcome.of(
        Reason.DELETION_BLOCKED,
        "The outcome of a creation or adoption begun at "
            + intent.startedAt()
            + " is unknown, and account "
            + desired.account().fingerprint()
            + ", which is not the one it was begun in, shows no instance of it. "
            + CHANGED_BY_MISTAKE
            + " To leave what there may be, set spec.deletionPolicy: Retain.");
  }

  static Outcome deletionBlockedByAccount(long id, DesiredInstance desired) {
    return Outcome.of(
        Reason.DELETION_BLOCKED,
        "Instance "
            + id
            + " is not visible in account "
            + desired.account().fingerprint()
            + ", which is not the one it was made in, so nothing proves that it is gone. "
            + CHANGED_BY_MISTAKE
            + " After a reset, use the new secret of the same user, who sees the instance. To leave"
            + " it, set spec.deletionPolicy: Retain.");
  }

  static Outcome deletionBlockedByOwnership(long id, DesiredInstance desired) {
    return Outcome.of(
        Reason.DELETION_BLOCKED,
        "Deletion waits. Instance "
            + id
            + " does not show this resource's ownership tag "
            + desired.ownershipTag()
            + " ("
            + Reason.OWNERSHIP_NOT_SHOWN.label()
            + "), so it is not deleted. Put the tag on it at the service to have it deleted, or set"
            + " spec.deletionPolicy: Retain to leave it.");
  }
}
