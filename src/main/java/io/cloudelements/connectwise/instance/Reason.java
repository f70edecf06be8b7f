package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.Optional;

/** Why a pass ended as it did: the {@code reason} of the conditions, and what it means for them. */
public enum Reason {
  AVAILABLE("Available", Kind.READY),
  DISABLED_AS_ASKED("Disabled", Kind.READY),
  DISABLED("Disabled", Kind.DEGRADED),
  INVALID("Invalid", Kind.DEGRADED),

  PROVISIONING("Provisioning", Kind.PROGRESSING),
  AWAITING_OUTCOME("AwaitingOutcome", Kind.PROGRESSING),
  UPDATING("Updating", Kind.PROGRESSING),
  WAITING_FOR_SECRET("WaitingForSecret", Kind.PROGRESSING),
  PLANNED("Planned", Kind.PLANNED),
  SUSPENDED("Suspended", Kind.SUSPENDED),

  INVALID_SPEC("InvalidSpec", Kind.STALLED),
  BASE_URL_NOT_ALLOWED("BaseUrlNotAllowed", Kind.STALLED),
  SECRET_NOT_FOUND("SecretNotFound", Kind.STALLED),
  MISSING_ENTRIES("MissingEntries", Kind.STALLED),
  MALFORMED_ENTRIES("MalformedEntries", Kind.STALLED),
  ADDRESS_NOT_IN_SECRET("AddressNotInSecret", Kind.STALLED),
  ACCOUNT_REJECTED("AccountRejected", Kind.STALLED),
  ACCESS_DENIED("AccessDenied", Kind.STALLED),
  PROVIDER_REJECTED("ProviderRejected", Kind.STALLED),
  NOT_ACCEPTED("NotAccepted", Kind.REFUSED),
  ADOPTION_REFUSED("AdoptionRefused", Kind.REFUSED),
  SECRET_CONFLICT("SecretConflict", Kind.STALLED),
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
  CRD_IS_BEING_DELETED("CrdIsBeingDeleted", Kind.DELETION_BLOCKED),
  DELETED("Deleted", Kind.FINISHED),
  RETAINED("Retained", Kind.FINISHED);

  /** What a reason means for the conditions and for the next pass. */
  public enum Kind {
    /** The desired state is reached. */
    READY,
    /** The pass succeeded, and what it saw is not usable until a person acts. */
    DEGRADED,
    /** On the way; the next pass goes on. */
    PROGRESSING,
    /** Only told what would be done. */
    PLANNED,
    SUSPENDED,
    /** Failed, and time may heal it. */
    RETRYING,
    /** Failed until a person changes the spec, a Secret or the account. */
    STALLED,
    /** The instance works, but something that was asked is not followed. */
    REFUSED,
    /** A defect of the operator: nothing can be said. */
    UNKNOWN,
    DELETING,
    DELETION_BLOCKED,
    /** The resource may go. */
    FINISHED
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

  /** Whether a pass that ended so reached what is wanted, as far as the service lets it. */
  public boolean isRest() {
    return switch (kind) {
      case READY, DEGRADED, REFUSED -> true;
      case PROGRESSING,
          PLANNED,
          SUSPENDED,
          RETRYING,
          STALLED,
          UNKNOWN,
          DELETING,
          DELETION_BLOCKED,
          FINISHED ->
          false;
    };
  }

  /** The first reason with that label; two that share one also share what a reader makes of it. */
  public static Optional<Reason> ofLabel(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label.equals(label)).findFirst();
  }
}
