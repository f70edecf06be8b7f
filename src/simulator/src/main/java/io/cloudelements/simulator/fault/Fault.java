package io.cloudelements.simulator.fault;

import io.cloudelements.simulator.model.View;
import java.time.Duration;
import java.util.Map;

/**
 * One thing that goes wrong with a call.
 *
 * <p>Of the {@link OutcomeFault}s of the rules that fire for a call the first counts; distortions,
 * latency and revocation come on top of it.
 */
public sealed interface Fault {

  /** The call reads something that is not so. */
  sealed interface Distortion extends Fault {
    View distort(View view);
  }

  /** The call has another effect, or its caller gets something else than the answer. */
  sealed interface OutcomeFault extends Fault {}

  /** The service works on the call for a time between the two; the effect is at the end of it. */
  record Latency(Duration min, Duration max) implements Fault {
    public Latency {
      if (min.isNegative() || max.compareTo(min) < 0) {
        throw new IllegalArgumentException(
            "Latency must be a range of times, not " + min + ".." + max);
      }
    }
  }

  /** The caller's user is revoked just before the call is looked at. */
  record RevokesUser() implements Fault {}

  /** Lists leave out instances that were created less than {@code age} ago. */
  record HidesYoungerThan(Duration age) implements Distortion {
    @Override
    public View distort(View view) {
      return view.hidingYoungerThan(age);
    }
  }

  /** Lists contain what other tags have. */
  record IgnoresTags() implements Distortion {
    @Override
    public View distort(View view) {
      return view.ignoringTags();
    }
  }

  /** Lists end after a page although there is more. */
  record DropsPageToken() implements Distortion {
    @Override
    public View distort(View view) {
      return view.droppingPageToken();
    }
  }

  /** A next page is the page before it again; on every call that is a list without end. */
  record RepeatsPage() implements Distortion {
    @Override
    public View distort(View view) {
      return view.repeatingPage();
    }
  }

  /** Reads see the state of {@code age} ago and before the last {@code mutations} changes. */
  record StaleRead(Duration age, int mutations) implements Distortion {
    @Override
    public View distort(View view) {
      return view.behind(age, mutations);
    }

    public static StaleRead by(Duration age) {
      return new StaleRead(age, 0);
    }

    public static StaleRead by(int mutations) {
      return new StaleRead(Duration.ZERO, mutations);
    }
  }

  /** Another answer, with or without the call's effect. */
  record Status(int status, Map<String, String> headers, String body, boolean applied)
      implements OutcomeFault {
    public Status {
      headers = headers == null ? Map.of() : Map.copyOf(headers);
      body = body == null ? errorBody(status) : body;
    }

    /** An error of the platform's form; the call has no effect. */
    public static Status of(int status) {
      return new Status(status, Map.of(), errorBody(status), false);
    }

    /** An error of the platform's form, although the call has its effect. */
    public static Status applied(int status) {
      return new Status(status, Map.of(), errorBody(status), true);
    }

    private static String errorBody(int status) {
      return "{\"requestId\":\"5f2c0c9a1b7e4d3c2b1a0f9e\",\"message\":\"Fault " + status + "\"}";
    }
  }

  /** 429 without effect, with or without word on when to come back. */
  record TooManyRequests(RetryAfterFormat retryAfter, Duration after) implements OutcomeFault {

    /** How the {@code Retry-After} header is written. */
    public enum RetryAfterFormat {
      NONE,
      SECONDS,
      HTTP_DATE
    }
  }

  /** A page for people, as proxies and gateways send it. */
  record Html(int status, boolean applied) implements OutcomeFault {}

  /** 302 without effect. */
  record Redirect(String location) implements OutcomeFault {}

  /** The connection is lost before the call has its effect, which it never has. */
  record LostBeforeApplied() implements OutcomeFault {}

  /** The call has its effect, and the connection is lost before the answer. */
  record AppliedResponseLost() implements OutcomeFault {}

  /** The caller is let down now, and the call has its effect {@code after} that. */
  record AppliedLate(Duration after, Seen seen) implements OutcomeFault {

    /** What the caller sees meanwhile. */
    public enum Seen {
      CONNECTION_LOST,
      NOTHING,
      GATEWAY_TIMEOUT
    }

    public static AppliedLate by(Duration after) {
      return new AppliedLate(after, Seen.CONNECTION_LOST);
    }
  }

  /** No answer, ever; the connection stays open. */
  record Hang(boolean applied) implements OutcomeFault {}

  /** The call has its effect twice, as when something in between repeats it. */
  record AppliedTwice() implements OutcomeFault {}

  /** A complete answer whose JSON ends after so many characters. */
  record TruncatedBody(int kept) implements OutcomeFault {}

  /** The connection is lost in the middle of the answer. */
  record BodyBreaksOff(int kept) implements OutcomeFault {}

  /** The answer is followed by so many blanks, which is still valid JSON. */
  record OversizedBody(int bytes) implements OutcomeFault {}

  /** The answer is JSON, but not what was agreed. */
  record WrongTypes(Defect defect) implements OutcomeFault {

    /** What is wrong with it; with lists, with each item. */
    public enum Defect {
      ID_IS_TEXT,
      ID_IS_WORDS,
      ID_ABSENT,
      TOKEN_NULL,
      TOKEN_ABSENT,
      TAGS_NUMBER,
      CONFIGURATION_ARRAY,
      ELEMENT_TEXT,
      BODY_IS_TEXT,
      BODY_EMPTY
    }
  }
}
