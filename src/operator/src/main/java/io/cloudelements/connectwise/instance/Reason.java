package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a reconcile ended as it did: the {@code reason} of the conditions, and what it means. */
public enum Reason {
  AVAILABLE("Available", Kind.READY),
  DISABLED_AS_ASKED("Disabled", Kind.READY),
  DISABLED("Disabled", Kind.DEGRADED),
  INVALID("Invalid", Kind.DEGRADED),

  PROVISIONING("Provisioning", Kind.PROGRESSING),
  AWAITING_OUTCOME("AwaitingOutcome", Kind.PROGRESSING),
  UPDATING("Updating", Kind.PROGRESSING),
  WAITING_FOR_SECRET("WaitingForSecret", Kind.PROGRESSING),
  WAITING_FOR_ACCOUNT("WaitingForAccount", Kind.PROGRESSING),
  PLANNED("Planned", Kind.PLANNED),
  SUSPENDED("Suspended", Kind.SUSPENDED),

  INVALID_SPEC("InvalidSpec", Kind.STALLED),
  BASE_URL_NOT_ALLOWED("BaseUrlNotAllowed", Kind.STALLED),
  SECRET_NOT_FOUND("SecretNotFound", Kind.STALLED),
  MISSING_ENTRIES("MissingEntries", Kind.STALLED),
  MALFORMED_ENTRIES("MalformedEntries", Kind.STALLED),
  ADDRESS_NOT_IN_SECRET("AddressNotInSecret", Kind.STALLED),
  ACCOUNT_NOT_USABLE("AccountNotUsable", Kind.WITHHELD),
  ACCOUNT_NOT_READY("AccountNotReady", Kind.WITHHELD),
  NOT_PERMITTED("NotPermitted", Kind.WITHHELD),
  QUOTA_REACHED("QuotaReached", Kind.STALLED),
  ACCOUNT_REJECTED("AccountRejected", Kind.STALLED),
  ACCESS_DENIED("AccessDenied", Kind.STALLED),
  PROVIDER_REJECTED("ProviderRejected", Kind.STALLED),
  NOT_ACCEPTED("NotAccepted", Kind.REFUSED),
  ADOPTION_REFUSED("AdoptionRefused", Kind.REFUSED),
  SECRET_CONFLICT("SecretConflict", Kind.STALLED),
  TEMPLATE_REFUSED("TemplateRefused", Kind.STALLED),
  NOT_FOUND("NotFound", Kind.STALLED),
  WRONG_ELEMENT("WrongElement", Kind.STALLED),
  OWNED_BY_ANOTHER("OwnedByAnother", Kind.STALLED),
  OWNERSHIP_NOT_SHOWN("OwnershipNotShown", Kind.STALLED),
  ACCOUNT_CHANGED("AccountChanged", Kind.STALLED),
  RECREATION_HELD("RecreationHeld", Kind.STALLED),
  RECREATION_DELAYED("RecreationDelayed", Kind.STALLED),
  CLUSTER_WRITE_REFUSED("ClusterWriteRefused", Kind.STALLED),
  CLUSTER_WRITE_REFUSED_IN_USE("ClusterWriteRefused", Kind.REFUSED),
  CLUSTER_WRITE_REFUSED_AT_DELETION("ClusterWriteRefused", Kind.DELETION_BLOCKED),

  RATE_LIMITED("RateLimited", Kind.RETRYING),
  TIMED_OUT("TimedOut", Kind.RETRYING),
  UNREACHABLE("Unreachable", Kind.RETRYING),
  CONNECTION_LOST("ConnectionLost", Kind.RETRYING),
  SERVICE_FAILED("ServiceFailed", Kind.RETRYING),
  UNEXPECTED_ANSWER("UnexpectedAnswer", Kind.RETRYING),
  HELD_BACK("HeldBack", Kind.RETRYING),
  FORMER_SECRET("FormerSecret", Kind.RETRYING),
  INTERNAL_ERROR("InternalError", Kind.UNKNOWN),

  DELETING("Deleting", Kind.DELETING),
  DELETION_BLOCKED("DeletionBlocked", Kind.DELETION_BLOCKED),
  DELETION_HELD("DeletionHeld", Kind.DELETION_BLOCKED),
  CRD_IS_BEING_DELETED("CrdIsBeingDeleted", Kind.DELETION_BLOCKED),
  DELETED("Deleted", Kind.FINISHED),
  RETAINED("Retained", Kind.FINISHED);

  /** The status of a condition that every resource has. */
  public enum ConditionStatus {
    TRUE,
    FALSE,
    UNKNOWN,
    /** As it was said of the same instance; {@link #FALSE} without one. */
    UNCHANGED
  }

  /**
   * What a reason means for the conditions, for the metrics and for the next reconcile: one row a
   * kind. Its columns are the conditions Ready and Synced, and the traits that hold.
   */
  public enum Kind {
    /** The desired state is reached. */
    READY(ConditionStatus.TRUE, ConditionStatus.TRUE, Trait.CONVERGED),
    /** The reconcile succeeded, and the instance is not usable until a person acts. */
    DEGRADED(
        ConditionStatus.FALSE, ConditionStatus.TRUE, Trait.CONVERGED, Trait.STALLED, Trait.WARNS),
    /** On the way; the next reconcile goes on. */
    PROGRESSING(
        ConditionStatus.UNCHANGED, ConditionStatus.FALSE, Trait.RECONCILING, Trait.KEEPS_HOLD),
    /** Only reports what would be done. */
    PLANNED(ConditionStatus.UNCHANGED, ConditionStatus.TRUE, Trait.KEEPS_HOLD),
    SUSPENDED(ConditionStatus.UNCHANGED, ConditionStatus.UNKNOWN, Trait.KEEPS_HOLD),
    /** Failed, and time may heal it. */
    RETRYING(
        ConditionStatus.UNCHANGED,
        ConditionStatus.FALSE,
        Trait.FAILED,
        Trait.RECONCILING,
        Trait.KEEPS_HOLD),
    /** Failed until a person changes the spec, a Secret or the account. */
    STALLED(
        ConditionStatus.FALSE,
        ConditionStatus.FALSE,
        Trait.FAILED,
        Trait.STALLED,
        Trait.WARNS,
        Trait.KEEPS_HOLD),
    /**
     * The account may not, or cannot, be used until a person acts; that says nothing about an
     * instance in it.
     */
    WITHHELD(
        ConditionStatus.UNCHANGED,
        ConditionStatus.FALSE,
        Trait.FAILED,
        Trait.STALLED,
        Trait.WARNS,
        Trait.KEEPS_HOLD),
    /** The instance works, but something that was asked is not followed. */
    REFUSED(
        ConditionStatus.TRUE, ConditionStatus.FALSE, Trait.CONVERGED, Trait.STALLED, Trait.WARNS),
    /** A defect of the operator: nothing can be said. */
    UNKNOWN(
        ConditionStatus.UNKNOWN,
        ConditionStatus.UNKNOWN,
        Trait.FAILED,
        Trait.RECONCILING,
        Trait.WARNS,
        Trait.KEEPS_HOLD),
    DELETING(ConditionStatus.FALSE, ConditionStatus.FALSE, Trait.FAILED, Trait.RECONCILING),
    DELETION_BLOCKED(
        ConditionStatus.FALSE, ConditionStatus.FALSE, Trait.FAILED, Trait.STALLED, Trait.WARNS),
    /** The resource may go. */
    FINISHED(ConditionStatus.FALSE, ConditionStatus.FALSE);

    private enum Trait {
      CONVERGED,
      FAILED,
      KEEPS_HOLD,
      RECONCILING,
      STALLED,
      WARNS
    }

    private final ConditionStatus ready;
    private final ConditionStatus synced;
    private final Set<Trait> traits;

    Kind(ConditionStatus ready, ConditionStatus synced, Trait... traits) {
      this.ready = ready;
      this.synced = synced;
      this.traits = Set.of(traits);
    }

    /** The status of the condition Ready. */
    public ConditionStatus ready() {
      return ready;
    }

    /** The status of the condition Synced. */
    public ConditionStatus synced() {
      return synced;
    }

    /** Whether the condition Reconciling is present. */
    public boolean reconciling() {
      return traits.contains(Trait.RECONCILING);
    }

    /** Whether the condition Stalled is present. */
    public boolean stalled() {
      return traits.contains(Trait.STALLED);
    }

    /** Whether the reconcile reached what is wanted, as far as the service lets it. */
    public boolean converged() {
      return traits.contains(Trait.CONVERGED);
    }

    /** Whether the next reconcile waits longer if it ends alike. */
    public boolean failed() {
      return traits.contains(Trait.FAILED);
    }

    /** Whether it says nothing of the instance, so that a recreation stays held. */
    public boolean keepsHold() {
      return traits.contains(Trait.KEEPS_HOLD);
    }

    /** Whether its appearance is published as an event of type Warning. */
    public boolean warns() {
      return traits.contains(Trait.WARNS);
    }
  }

  private final String label;
  private final Kind kind;

  Reason(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The value of a condition's {@code reason}. */
  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the service did its part, and the cluster did not take what came of it. */
  public boolean isOfCluster() {
    return this == CLUSTER_WRITE_REFUSED
        || this == CLUSTER_WRITE_REFUSED_IN_USE
        || this == CLUSTER_WRITE_REFUSED_AT_DELETION;
  }

  /** Whether a deletion waits, and the service showed so. */
  public boolean isWaitingDeletion() {
    return this == DELETION_BLOCKED || this == DELETION_HELD;
  }

  /** Whether a reconcile that ended so reached what is wanted, as far as the service lets it. */
  public boolean isConverged() {
    return kind.converged() && !isOfCluster();
  }

  /**
   * The reason with that label. Several share {@code Disabled} and {@code ClusterWriteRefused}; the
   * condition Ready and the deletion tell them apart.
   *
   * @param ready whether the condition Ready is true
   * @param deleting whether the status is that of a deletion
   */
  public static Optional<Reason> of(String label, boolean ready, boolean deleting) {
    List<Reason> sharing =
        Arrays.stream(values()).filter(reason -> reason.label.equals(label)).toList();
    return sharing.stream()
        .filter(reason -> deleting == (reason.kind == Kind.DELETION_BLOCKED))
        .filter(reason -> ready == (reason.kind.ready() == ConditionStatus.TRUE))
        .findFirst()
        .or(() -> sharing.stream().findFirst());
  }
}
