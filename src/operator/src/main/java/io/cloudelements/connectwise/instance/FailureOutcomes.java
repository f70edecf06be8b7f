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
    Outcome outcome = outcome(reason(failure), text(failure, account, now), failure);
    return new Outcome(
        outcome.reason(),
        outcome.message(),
        outcome.requestId(),
        retryAfter(failure).map(now::plus));
  }

  private static Reason reason(RemoteFailure failure) {
    return switch (failure) {
      case RemoteFailure.AccountRejected _ -> Reason.ACCOUNT_REJECTED;
      case RemoteFailure.AccessDenied _ -> Reason.ACCESS_DENIED;
      case RemoteFailure.ProviderRejected _ -> Reason.PROVIDER_REJECTED;
      case RemoteFailure.RateLimited _ -> Reason.RATE_LIMITED;
      case RemoteFailure.InUse _, RemoteFailure.ServiceFailed _ -> Reason.SERVICE_FAILED;
      case RemoteFailure.NotFound _, RemoteFailure.UnexpectedAnswer _ -> Reason.UNEXPECTED_ANSWER;
      case RemoteFailure.TimedOut _ -> Reason.TIMED_OUT;
      case RemoteFailure.ConnectionLost _ -> Reason.CONNECTION_LOST;
      case RemoteFailure.Unreachable _ -> Reason.UNREACHABLE;
      case RemoteFailure.NotSent _ -> Reason.HELD_BACK;
    };
  }

  private static Optional<Duration> retryAfter(RemoteFailure failure) {
    return switch (failure) {
      case RemoteFailure.RateLimited limited -> limited.retryAfter();
      case RemoteFailure.NotSent notSent -> notSent.retryAfter();
      case RemoteFailure.Refused _,
          RemoteFailure.Unanswered _,
          RemoteFailure.ServiceFailed _,
          RemoteFailure.UnexpectedAnswer _ ->
          Optional.empty();
    };
  }

  private static String text(RemoteFailure failure, String account, Instant now) {
    return switch (failure) {
      case RemoteFailure.Refused refused -> refusal(refused, account, now);
      case RemoteFailure.Unanswered unanswered -> silence(unanswered);
      case RemoteFailure.ServiceFailed f ->
          "The service failed (" + f.answer().status() + ")" + uncertainty(f.effect());
      case RemoteFailure.UnexpectedAnswer f ->
          "The answer is not one of Cloud Elements' API: "
              + f.what()
              + uncertainty(f.effect())
              + ". Check the base URL if this stays";
      case RemoteFailure.NotSent f -> "Call held back: " + f.what();
    };
  }

  private static String refusal(RemoteFailure.Refused refused, String account, Instant now) {
    return switch (refused) {
      case RemoteFailure.AccountRejected _ ->
          "The service does not accept account "
              + account
              + " (401). Check userSecret and organizationSecret in the account's Secret, and"
              + " that the base URL is the one they belong to";
      case RemoteFailure.AccessDenied _ ->
          "The account's user lacks a privilege for element instances (403). Grant it in Cloud"
              + " Elements, or use another user";
      case RemoteFailure.ProviderRejected f ->
          "The service refused the instance's data ("
              + f.answer().status()
              + "). Correct the ConnectWise entries in the credentials Secret, or the field of the"
              + " spec that its words are about";
      case RemoteFailure.NotFound _ -> "The service no longer has the instance (404)";
      case RemoteFailure.InUse _ -> "The service reports a conflict (409)";
      case RemoteFailure.RateLimited f ->
          f.isOfProvider()
              ? "ConnectWise limits the rate of calls (429)" + pause(f.retryAfter(), now)
              : "The service limits the rate of calls (429)" + pause(account, f.retryAfter(), now);
    };
  }

  private static String silence(RemoteFailure.Unanswered unanswered) {
    return switch (unanswered) {
      case RemoteFailure.TimedOut f ->
          "No answer within " + f.deadline().toSeconds() + " s" + uncertainty(f.effect());
      case RemoteFailure.ConnectionLost f ->
          "The connection broke: " + f.what() + uncertainty(f.effect());
      case RemoteFailure.Unreachable f ->
          "The service cannot be reached: "
              + f.what()
              + ". Check the base URL, proxy, CA_BUNDLE and network policy if this stays";
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
                  "The instance is in use at the service (409), for example by a formula; it is"
                      + " tried again",
                  failure)
              .message();
      // No entries are sent with it, so none can be wrong.
      case RemoteFailure.ProviderRejected(RemoteFailure.ErrorAnswer answer) ->
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
    RemoteFailure.ErrorAnswer answer = failure.answer();
    String said =
        answer.message().map(message -> " The service says: \"" + message + "\".").orElse("");
    String provider =
        answer
            .providerMessage()
            .map(message -> " ConnectWise says: \"" + message + "\".")
            .orElse("");
    return new Outcome(reason, text + "." + said + provider, answer.requestId(), Optional.empty());
  }

  private static String pause(String account, Optional<Duration> retryAfter, Instant now) {
    return retryAfter
        .map(wait ->
            ", so that account "
                + account
                + " is not called until "
                + end(wait, now)
                + "; it goes on by itself")
        .orElse(", so that account " + account + " is asked again later");
  }

  private static String pause(Optional<Duration> retryAfter, Instant now) {
    return retryAfter
        .map(wait -> ", so that this is not tried again until " + end(wait, now))
        .orElse(", so that this is tried again later");
  }

  private static Instant end(Duration wait, Instant now) {
    return now.plus(wait).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String uncertainty(Effect effect) {
    return switch (effect) {
      case NONE -> "";
      case APPLIED -> "; the call took effect";
      case UNKNOWN -> "; whether the call took effect is found out before anything is repeated";
    };
  }
}
