package io.cloudelements.connectwise.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The {@code reason} of an account's conditions, and what it means for them. */
public enum AccountReason {
  VERIFIED("Verified", "True", FurtherCondition.NONE),
  SUSPENDED("Suspended", "False", FurtherCondition.NONE),
  UNREACHABLE("Unreachable", "False", FurtherCondition.RECONCILING),
  SECRET_NOT_FOUND("SecretNotFound", "False", FurtherCondition.STALLED),
  MISSING_ENTRIES("MissingEntries", "False", FurtherCondition.STALLED),
  MALFORMED_ENTRIES("MalformedEntries", "False", FurtherCondition.STALLED),
  INVALID_SPEC("InvalidSpec", "False", FurtherCondition.STALLED),
  BASE_URL_NOT_ALLOWED("BaseUrlNotAllowed", "False", FurtherCondition.STALLED),
  ACCOUNT_REJECTED("AccountRejected", "False", FurtherCondition.STALLED),
  ACCESS_DENIED("AccessDenied", "False", FurtherCondition.STALLED),
  IDENTITY_CHANGED("IdentityChanged", "False", FurtherCondition.STALLED),
  IN_USE("InUse", "False", FurtherCondition.STALLED);

  /**
   * With these a resource that is being deleted may still use what was verified before: only the
   * secrets, or the account object, went first.
   */
  private static final Set<AccountReason> LETS_DELETE =
      EnumSet.of(VERIFIED, SECRET_NOT_FOUND, MISSING_ENTRIES, MALFORMED_ENTRIES, IN_USE);

  /** The service was asked, and did not accept the account. */
  private static final Set<AccountReason> NOT_ACCEPTED =
      EnumSet.of(UNREACHABLE, ACCOUNT_REJECTED, ACCESS_DENIED, IDENTITY_CHANGED);

  /** Which further condition is present. */
  enum FurtherCondition {
    NONE,
    /** Time may heal it. */
    RECONCILING,
    /** Until a person acts. */
    STALLED
  }

  private final String label;
  private final String ready;
  private final FurtherCondition progress;

  AccountReason(String label, String ready, FurtherCondition progress) {
    this.label = label;
    this.ready = ready;
    this.progress = progress;
  }

  /** The value of a condition's {@code reason}. */
  public String label() {
    return label;
  }

  /** Whether the service was asked, and did not accept the account: then it is asked again. */
  boolean isNotAccepted() {
    return NOT_ACCEPTED.contains(this);
  }

  /** The status of the condition Ready. */
  String ready() {
    return ready;
  }

  FurtherCondition progress() {
    return progress;
  }

  /** Whether a resource may use the account. */
  boolean serves(boolean deletion) {
    return this == VERIFIED || (deletion && LETS_DELETE.contains(this));
  }

  /** Whether its appearance is published as an event of type Warning. */
  public boolean warns() {
    return progress == FurtherCondition.STALLED;
  }

  /** The reason with that label. */
  public static Optional<AccountReason> ofLabel(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label.equals(label)).findFirst();
  }
}
