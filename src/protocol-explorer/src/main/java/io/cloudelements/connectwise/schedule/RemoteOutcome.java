package io.cloudelements.connectwise.schedule;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.AppliedLate.Seen;
import io.cloudelements.simulator.fault.Fault.TooManyRequests.RetryAfterFormat;
import io.cloudelements.simulator.fault.Fault.WrongTypes.Defect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What becomes of one call to the service. Times are within the assumed bounds, or say so. */
enum RemoteOutcome {
  APPLIED_RESPONSE_LOST(Applies.MUTATIONS, new Fault.AppliedResponseLost()),
  LOST_BEFORE_APPLIED(Applies.ANY, new Fault.LostBeforeApplied()),
  APPLIED_LATE(Applies.MUTATIONS, Fault.AppliedLate.by(Duration.ofSeconds(70))),
  APPLIED_LATE_AFTER_504(
      Applies.MUTATIONS, new Fault.AppliedLate(Duration.ofSeconds(75), Seen.GATEWAY_TIMEOUT)),
  APPLIED_WHILE_NO_ANSWER(
      Applies.MUTATIONS, new Fault.AppliedLate(Duration.ofSeconds(60), Seen.NOTHING)),
  HANGS(Applies.ANY, new Fault.Hang(false)),
  APPLIED_AND_HANGS(Applies.MUTATIONS, new Fault.Hang(true)),
  TRUNCATED(Applies.BODIES, new Fault.TruncatedBody(60)),
  BREAKS_OFF(Applies.ANY, new Fault.BodyBreaksOff(60)),
  ID_IS_WORDS(Applies.BODIES, new Fault.WrongTypes(Defect.ID_IS_WORDS)),
  TOKEN_ABSENT(Applies.BODIES, new Fault.WrongTypes(Defect.TOKEN_ABSENT)),
  TAGS_ARE_A_NUMBER(Applies.BODIES, new Fault.WrongTypes(Defect.TAGS_NUMBER)),
  EMPTY_BODY(Applies.BODIES, new Fault.WrongTypes(Defect.BODY_EMPTY)),
  TEXT_BODY(Applies.BODIES, new Fault.WrongTypes(Defect.BODY_IS_TEXT)),
  REFUSED_400_QUOTING_SECRETS(Applies.ANY, quoting(400)),
  REFUSED_401_BY_CONNECTWISE(Applies.MUTATIONS, quoting(401)),
  REFUSED_401(
      Applies.ANY,
      json(401, "\"message\":\"Invalid Organization or User secret, or invalid Element token\"")),
  REFUSED_403(Applies.ANY, Fault.Status.of(403)),
  HTML_404(Applies.ANY, new Fault.Html(404, false)),
  REFUSED_409(Applies.MUTATIONS, Fault.Status.of(409)),
  LIMITED_429(Applies.ANY, new Fault.TooManyRequests(RetryAfterFormat.NONE, Duration.ZERO)),
  LIMITED_429_FOR_90_S(
      Applies.ANY, new Fault.TooManyRequests(RetryAfterFormat.SECONDS, Duration.ofSeconds(90))),
  FAILED_500(Applies.ANY, Fault.Status.of(500)),
  APPLIED_AND_500(Applies.MUTATIONS, Fault.Status.applied(500)),
  HTML_502(Applies.ANY, new Fault.Html(502, false)),
  APPLIED_AND_HTML_502(Applies.MUTATIONS, new Fault.Html(502, true)),
  HTML_200(Applies.ANY, new Fault.Html(200, false)),
  APPLIED_AND_HTML_200(Applies.MUTATIONS, new Fault.Html(200, true)),
  REDIRECTED(Applies.ANY, new Fault.Redirect("https://login.example.com/")),
  NO_CONNECTION(Applies.ANY),
  HIDES_WHAT_IS_NEW(Applies.LISTS, new Fault.HidesYoungerThan(Bounds.STALE)),
  STALE(Applies.READS, Fault.StaleRead.by(Bounds.STALE)),
  IGNORES_TAGS(Applies.LISTS, new Fault.IgnoresTags()),
  APPLIED_TWICE(Applies.CREATION, true, Optional.of(new Fault.AppliedTwice())),
  APPLIED_TOO_LATE(
      Applies.CREATION, true, Optional.of(Fault.AppliedLate.by(Duration.ofMinutes(20))));

  /** In a body, stands for the secrets of the request, which a service is known to quote. */
  static final String QUOTE = "(quote)";

  /** To which calls it can happen. */
  enum Applies {
    ANY,
    MUTATIONS,
    CREATION,
    READS,
    LISTS,
    /** Calls whose answer has a body that is read. */
    BODIES;

    boolean to(PortCall call) {
      return switch (this) {
        case ANY -> call.remote();
        case MUTATIONS -> call.remote() && !call.read();
        case CREATION -> call == PortCall.CREATE;
        case READS -> call.read();
        case LISTS -> call == PortCall.FIND;
        case BODIES -> call.remote() && call != PortCall.DELETE && call != PortCall.SET_ENABLED;
      };
    }
  }

  private final Applies applies;
  private final boolean outOfBounds;
  private final Optional<Fault> fault;

  RemoteOutcome(Applies applies, Fault fault) {
    this(applies, false, Optional.of(fault));
  }

  RemoteOutcome(Applies applies) {
    this(applies, false, Optional.empty());
  }

  RemoteOutcome(Applies applies, boolean outOfBounds, Optional<Fault> fault) {
    this.applies = applies;
    this.outOfBounds = outOfBounds;
    this.fault = fault;
  }

  boolean appliesTo(PortCall call) {
    return applies.to(call);
  }

  /** Whether the service breaks the assumption on which "never more than one" rests. */
  boolean outOfBounds() {
    return outOfBounds;
  }

  /** Empty: there is no connection. */
  Optional<Fault> fault() {
    return fault;
  }

  private static Fault quoting(int status) {
    return json(
        status,
        "\"message\":\"Request failed\",\"providerMessage\":\"Login failed: " + QUOTE + "\"");
  }

  private static Fault json(int status, String fields) {
    return new Fault.Status(
        status, Map.of(), "{\"requestId\":\"5f2c0c9a1b7e4d3c2b1a0f9e\"," + fields + "}", false);
  }
}
