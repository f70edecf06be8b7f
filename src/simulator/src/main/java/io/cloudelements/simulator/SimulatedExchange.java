package io.cloudelements.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.cloudelements.simulator.Delivery.Answered;
import io.cloudelements.simulator.Delivery.ConnectionLost;
import io.cloudelements.simulator.Delivery.NeverAnswers;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.AppliedLate;
import io.cloudelements.simulator.fault.Fault.AppliedResponseLost;
import io.cloudelements.simulator.fault.Fault.AppliedTwice;
import io.cloudelements.simulator.fault.Fault.BodyBreaksOff;
import io.cloudelements.simulator.fault.Fault.Hang;
import io.cloudelements.simulator.fault.Fault.Html;
import io.cloudelements.simulator.fault.Fault.LostBeforeApplied;
import io.cloudelements.simulator.fault.Fault.OversizedBody;
import io.cloudelements.simulator.fault.Fault.Redirect;
import io.cloudelements.simulator.fault.Fault.Status;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.fault.Fault.TruncatedBody;
import io.cloudelements.simulator.fault.Fault.WrongTypes;
import io.cloudelements.simulator.fault.FaultPlan;
import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.ApiResponse;
import io.cloudelements.simulator.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A call that the service works on. */
public final class SimulatedExchange {
  private static final String JSON_TYPE = "application/json;charset=UTF-8";

  private final Simulator simulator;
  private final long number;
  private final ApiRequest request;
  private final FaultPlan plan;
  private final Optional<User> admitted;

  SimulatedExchange(Simulator simulator, long number, ApiRequest request, FaultPlan plan) {
    this.simulator = simulator;
    this.number = number;
    this.request = request;
    this.plan = plan;
    this.admitted = simulator.platform().userOf(request);
  }

  /** How long the service takes for it. */
  public Duration delay() {
    return plan.delay();
  }

  /** Lets the call take effect, and says what its caller gets. To be called once. */
  public Delivery finish() {
    simulator.applyDue();
    if (plan.revokesUser()) {
      simulator
          .platform()
          .userOf(request)
          .ifPresent(user -> simulator.platform().outsideWorld().revokeUser(user.secret()));
    }
    Delivery delivery = plan.outcome().map(this::suffer).orElseGet(() -> new Answered(applied()));
    simulator.journal().close(number, delivery);
    return delivery;
  }

  private Delivery suffer(Fault.OutcomeFault outcome) {
    return switch (outcome) {
      case Status status -> {
        applyIf(status.applied());
        yield new Answered(answer(status));
      }
      case TooManyRequests limit -> new Answered(tooMany(limit));
      case Html html -> {
        applyIf(html.applied());
        yield new Answered(page(html.status()));
      }
      case Redirect redirect -> new Answered(page(302).withHeader("Location", redirect.location()));
      case LostBeforeApplied lost -> ConnectionLost.silently();
      case AppliedResponseLost lost -> {
        applied();
        yield ConnectionLost.silently();
      }
      case AppliedLate late -> {
        simulator.applyLater(number, request, admitted, late.after());
        yield meanwhile(late.seen());
      }
      case Hang hang -> {
        applyIf(hang.applied());
        yield new NeverAnswers();
      }
      case AppliedTwice twice -> {
        applied();
        yield new Answered(applied());
      }
      case TruncatedBody truncated -> new Answered(truncated(applied(), truncated.kept()));
      case BodyBreaksOff broken -> new ConnectionLost(Optional.of(begun(applied(), broken.kept())));
      case OversizedBody oversized -> new Answered(padded(applied(), oversized.bytes()));
      case WrongTypes wrong -> new Answered(illTyped(applied(), wrong.defect()));
    };
  }

  private ApiResponse applied() {
    return simulator.apply(number, request, plan.view(), admitted).response();
  }

  private void applyIf(boolean applied) {
    if (applied) {
      applied();
    }
  }

  private static Delivery meanwhile(AppliedLate.Seen seen) {
    return switch (seen) {
      case CONNECTION_LOST -> ConnectionLost.silently();
      case NOTHING -> new NeverAnswers();
      case GATEWAY_TIMEOUT -> new Answered(page(504));
    };
  }

  private ApiResponse tooMany(TooManyRequests limit) {
    ApiResponse response =
        new ApiResponse(429, Map.of("Content-Type", JSON_TYPE), Status.of(429).body());
    Instant then = simulator.platform().now().plus(limit.after());
    return switch (limit.retryAfter()) {
      case NONE -> response;
      case SECONDS -> response.withHeader("Retry-After", Long.toString(limit.after().toSeconds()));
      case HTTP_DATE ->
          response.withHeader("Retry-After", RFC_1123_DATE_TIME.format(then.atOffset(UTC)));
    };
  }

  private static ApiResponse answer(Status status) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON_TYPE);
    headers.putAll(status.headers());
    return new ApiResponse(status.status(), headers, status.body());
  }

  /** The head of the whole answer, and the start of its body. */
  private static ApiResponse begun(ApiResponse whole, int kept) {
    return whole
        .withBody(start(whole.body(), kept))
        .withHeader("Content-Length", Integer.toString(whole.body().getBytes(UTF_8).length));
  }

  private static ApiResponse page(int status) {
    return new ApiResponse(
        status,
        Map.of("Content-Type", "text/html;charset=UTF-8"),
        "<html><head><title>%d</title></head><body>Please try again.</body></html>"
            .formatted(status));
  }

  private static ApiResponse truncated(ApiResponse whole, int kept) {
    return whole.withBody(start(whole.body(), kept));
  }

  private static ApiResponse padded(ApiResponse whole, int bytes) {
    return whole.withBody(whole.body() + " ".repeat(bytes));
  }

  private static ApiResponse illTyped(ApiResponse right, WrongTypes.Defect defect) {
    return right.withBody(Defects.inflict(defect, right.body()));
  }

  private static String start(String body, int kept) {
    return body.substring(0, Math.min(kept, body.length()));
  }
}
