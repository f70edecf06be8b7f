package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.RemoteFailure;
import java.util.Locale;

/** How a call ended, for metrics and traces: success, or the kind of its failure. */
public enum CallOutcome {
  SUCCESS,
  ACCOUNT_REJECTED,
  ACCESS_DENIED,
  PROVIDER_REJECTED,
  NOT_FOUND,
  IN_USE,
  RATE_LIMITED,
  SERVICE_FAILED,
  UNEXPECTED_ANSWER,
  TIMED_OUT,
  CONNECTION_LOST,
  UNREACHABLE,
  NOT_SENT;

  static CallOutcome of(CallResult<?> outcome) {
    return switch (outcome) {
      case CallResult.Success<?> _ -> SUCCESS;
      case CallResult.Failure<?>(RemoteFailure failure) -> of(failure);
    };
  }

  /** The kind of a failure. */
  public static CallOutcome of(RemoteFailure failure) {
    return switch (failure) {
      case RemoteFailure.AccountRejected _ -> ACCOUNT_REJECTED;
      case RemoteFailure.AccessDenied _ -> ACCESS_DENIED;
      case RemoteFailure.ProviderRejected _ -> PROVIDER_REJECTED;
      case RemoteFailure.NotFound _ -> NOT_FOUND;
      case RemoteFailure.InUse _ -> IN_USE;
      case RemoteFailure.RateLimited _ -> RATE_LIMITED;
      case RemoteFailure.ServiceFailed _ -> SERVICE_FAILED;
      case RemoteFailure.UnexpectedAnswer _ -> UNEXPECTED_ANSWER;
      case RemoteFailure.TimedOut _ -> TIMED_OUT;
      case RemoteFailure.ConnectionLost _ -> CONNECTION_LOST;
      case RemoteFailure.Unreachable _ -> UNREACHABLE;
      case RemoteFailure.NotSent _ -> NOT_SENT;
    };
  }

  /** As a label: {@code rate_limited}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
