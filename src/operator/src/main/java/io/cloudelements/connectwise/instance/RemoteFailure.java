package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a call to the service brought no usable answer (contract §6, §7). Each outcome of a call maps
 * to exactly one of these. Texts that come from the service are already redacted and bounded.
 */
public sealed interface RemoteFailure {

  Effect effect();

  /**
   * Whether the account or the service is what failed, so that an answer to any other call of the
   * account is a reason to try again. A busy instance, and a limit until a known time, have waits
   * of their own.
   */
  default boolean isOfService() {
    return switch (this) {
      case AccountRejected _, TimedOut _, ConnectionLost _, Unreachable _, UnexpectedAnswer _ ->
          true;
      case ServiceFailed(ErrorAnswer answer, var _) -> answer.providerMessage().isEmpty();
      case NotSent notSent -> !notSent.busy();
      case AccessDenied _, ProviderRejected _, NotFound _, InUse _, RateLimited _ -> false;
    };
  }

  /** The service's own words and its request id, for people who talk to its support. */
  ErrorAnswer answer();

  /**
   * What an error answer said.
   *
   * @param status HTTP status, 0 when there was no answer
   * @param message the platform's message
   * @param providerMessage ConnectWise's own words, where the platform passed them on
   */
  record ErrorAnswer(
      int status,
      Optional<String> message,
      Optional<String> providerMessage,
      Optional<String> requestId) {
    public static final ErrorAnswer NONE =
        new ErrorAnswer(0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The service answered that it does nothing. */
  sealed interface Refused extends RemoteFailure {
    @Override
    default Effect effect() {
      return Effect.NONE;
    }
  }

  /** Nothing came back. */
  sealed interface Unanswered extends RemoteFailure {
    @Override
    default ErrorAnswer answer() {
      return ErrorAnswer.NONE;
    }
  }

  /** 401 in the platform's own words: user or organization secret is wrong. */
  record AccountRejected(ErrorAnswer answer) implements Refused {}

  /** 403: the account lacks a privilege. */
  record AccessDenied(ErrorAnswer answer) implements Refused {}

  /** 4xx about the request itself: ConnectWise or the platform refuses these entries. */
  record ProviderRejected(ErrorAnswer answer) implements Refused {}

  /**
   * 404 with the platform's JSON body. An HTML 404 is an {@link UnexpectedAnswer}, and so is one
   * without a request id, except in answer to a search.
   */
  record NotFound(ErrorAnswer answer) implements Refused {

    /**
     * Whether it carries a request id, by which an answer of the platform is recognised (contract
     * §6).
     */
    public boolean isConclusive() {
      return answer.requestId().isPresent();
    }
  }

  /** 409: the instance is in use. */
  record InUse(ErrorAnswer answer) implements Refused {}

  /** 429. */
  record RateLimited(ErrorAnswer answer, Optional<Duration> retryAfter) implements Refused {

    /**
     * Whether it is ConnectWise's own, which the platform passes on (contract §6). It concerns one
     * instance; the owner of its ConnectWise server could stop the whole account otherwise.
     */
    public boolean isOfProvider() {
      return answer.providerMessage().isPresent();
    }
  }

  /** 5xx, or 408 of a proxy in between: whether a mutation took effect is unknown. */
  record ServiceFailed(ErrorAnswer answer, Effect effect) implements RemoteFailure {}

  /**
   * Something that is not the platform's API: HTML, a redirect, broken, oversized or ill-typed
   * JSON.
   */
  record UnexpectedAnswer(ErrorAnswer answer, String what, Effect effect)
      implements RemoteFailure {}

  /** The deadline passed. */
  record TimedOut(Duration deadline, Effect effect) implements Unanswered {}

  /** The connection broke after the request was on its way. */
  record ConnectionLost(String what, Effect effect) implements Unanswered {}

  /** No connection: name not resolved, refused, TLS not trusted. */
  record Unreachable(String what) implements Unanswered {
    @Override
    public Effect effect() {
      return Effect.NONE;
    }
  }

  /**
   * The operator did not send the call: the account is busy, its breaker is open, it is paused, or
   * the send window of the call has closed.
   *
   * @param retryAfter when it makes sense again, where that is known
   * @param busy no permit or connection was free, which says nothing about this resource
   */
  record NotSent(String what, Optional<Duration> retryAfter, boolean busy)
      implements RemoteFailure {
    public NotSent(String what, Optional<Duration> retryAfter) {
      this(what, retryAfter, false);
    }

    public static NotSent until(String what, Duration retryAfter) {
      return new NotSent(what, Optional.of(retryAfter), false);
    }

    public static NotSent busy(String what, Optional<Duration> retryAfter) {
      return new NotSent(what, retryAfter, true);
    }

    public static NotSent stopped() {
      return new NotSent("the operator stopped before it was sent", Optional.empty());
    }

    /** The {@link SendWindow} of a creation is closed. */
    public static NotSent expired() {
      return new NotSent(
          "the time in which it was allowed to be sent has passed", Optional.empty());
    }

    @Override
    public Effect effect() {
      return Effect.NONE;
    }

    @Override
    public ErrorAnswer answer() {
      return ErrorAnswer.NONE;
    }
  }
}
