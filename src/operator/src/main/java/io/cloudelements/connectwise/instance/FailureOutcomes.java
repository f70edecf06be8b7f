package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a failed remote call means for the resource. */
public final class FailureOutcomes {
  private FailureOutcomes() {}

  /**
   * For a resource that shall live.
   *
   * @param account fingerprint of the account that was called
   */
  public static Outcome of(RemoteFailure failure, String account, Instant now) {
    return switch (failure) {
      case RemoteFailure.AccountRejected f ->
          outcome(
              Reason.ACCOUNT_REJECTED,
              "The service does not accept account "
                  + account
                  + " (401). Check userSecret and organizationSecret in the account's Secret, and"
                  + " that the base URL is the one they belong to",
              f);
      case RemoteFailure.AccessDenied f ->
          outcome(
              Reason.ACCESS_DENIED,
              "The account's user lacks a privilege for element instances (403). Grant it in Cloud"
                  + " Elements, or use another user",
              f);
      case RemoteFailure.ProviderRejected f ->
          outcome(
              Reason.PROVIDER_REJECTED,
              "The service refused the instance's data ("
                  + f.answer().status()
                  + "). Correct the ConnectWise entries in the credentials Secret, or the field of the spec"
                  + " that its words are about",
              f);
      case RemoteFailure.NotFound f ->
          outcome(Reason.UNEXPECTED_ANSWER, "The instance vanished during the call (404)", f);
      case RemoteFailure.InUse f ->
          outcome(Reason.SERVICE_FAILED, "The service reports a conflict (409)", f);
      case RemoteFailure.RateLimited(RemoteFailure.Answer answer, Optional<Duration> retryAfter) ->
          delayed(
              outcome(
                  Reason.RATE_LIMITED,
                  "The service limits the rate of calls (429)" + pause(account, retryAfter, now),
                  failure),
              retryAfter,
              now);
      case RemoteFailure.ServiceFailed f ->
          outcome(
              Reason.SERVICE_FAILED,
              "The service failed (" + f.answer().status() + ")" + uncertainty(f.effect()),
              f);
      case RemoteFailure.UnexpectedAnswer f ->
          outcome(
              Reason.UNEXPECTED_ANSWER,
              "The answer is not one of Cloud Elements' API: "
                  + f.what()
                  + uncertainty(f.effect())
                  + ". Check the base URL if this stays",
              f);
      case RemoteFailure.TimedOut f ->
          outcome(
              Reason.TIMED_OUT,
              "No answer within " + f.deadline().toSeconds() + " s" + uncertainty(f.effect()),
              f);
      case RemoteFailure.ConnectionLost f ->
          outcome(
              Reason.CONNECTION_LOST,
              "The connection broke: " + f.what() + uncertainty(f.effect()),
              f);
      case RemoteFailure.Unreachable f ->
          outcome(
              Reason.UNREACHABLE,
              "The service cannot be reached: "
                  + f.what()
                  + ". Check the base URL, proxy, CA_BUNDLE and network policy if this stays",
              f);
      case RemoteFailure.NotSent f ->
          delayed(outcome(Reason.HELD_BACK, "Call held back: " + f.what(), f), f.retryAfter(), now);
    };
  }

  /**
   * For a resource that is being deleted: shown as such, with the way out where a person must act.
   */
  public static Outcome ofDeletion(RemoteFailure failure, String account, Instant now) {
    Outcome cause = of(failure, account, now);
    boolean personNeeded =
        failure instanceof RemoteFailure.InUse || cause.reason().kind() == Reason.Kind.STALLED;
    return new Outcome(
        personNeeded ? Reason.DELETION_BLOCKED : Reason.DELETING,
        "Deletion waits. "
            + whyNotDeleted(failure, cause)
            + (personNeeded || failure instanceof RemoteFailure.NotSent
                ? " To leave the instance there, set spec.deletionPolicy: Retain."
                : ""),
        cause.requestId(),
        cause.notBefore());
  }

  private static String whyNotDeleted(RemoteFailure failure, Outcome cause) {
    return switch (failure) {
      case RemoteFailure.InUse _ ->
          outcome(
                  cause.reason(),
                  "The instance is in use at the service (409), for example by a formula; it is tried"
                      + " again",
                  failure)
              .message();
      // No entries are sent with it, so none can be wrong.
      case RemoteFailure.ProviderRejected(RemoteFailure.Answer answer) ->
          outcome(
                  cause.reason(),
                  "The service refuses to delete the instance (" + answer.status() + ")",
                  failure)
              .message();
      case RemoteFailure.AccountRejected _,
          RemoteFailure.AccessDenied _,
          RemoteFailure.NotFound _,
          RemoteFailure.RateLimited _,
          RemoteFailure.ServiceFailed _,
          RemoteFailure.UnexpectedAnswer _,
          RemoteFailure.TimedOut _,
          RemoteFailure.ConnectionLost _,
          RemoteFailure.Unreachable _,
          RemoteFailure.NotSent _ ->
          cause.message();
    };
  }

  private static Outcome outcome(Reason reason, String text, RemoteFailure failure) {
    RemoteFailure.Answer answer = failure.answer();
    String said =
        answer.message().map(message -> " The service says: \"" + message + "\".").orElse("");
    String provider =
        answer
            .providerMessage()
            .map(message -> " ConnectWise says: \"" + message + "\".")
            .orElse("");
    return new Outcome(reason, text + "." + said + provider, answer.requestId(), Optional.empty());
  }

  private static Outcome delayed(Outcome outcome, Optional<Duration> retryAfter, Instant now) {
    return new Outcome(
        outcome.reason(), outcome.message(), outcome.requestId(), retryAfter.map(now::plus));
  }

  private static String pause(String account, Optional<Duration> retryAfter, Instant now) {
    return retryAfter
        .map(wait ->
            ", so that account "
                + account
                + " is left alone until "
                + now.plus(wait).plusMillis(999).truncatedTo(ChronoUnit.SECONDS)
                + "; it goes on by itself")
        .orElse(", so that account " + account + " is asked again later");
  }

  private static String uncertainty(Effect effect) {
    return switch (effect) {
      case NONE -> "";
      case APPLIED -> "; the call took effect";
      case UNKNOWN -> "; whether the call took effect is found out before anything is repeated";
    };
  }
}
