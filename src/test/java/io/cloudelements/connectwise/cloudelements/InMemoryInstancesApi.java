package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The port to {@code /instances} over a function instead of a socket. Requests, classification of
 * answers and redaction are the production adapter's own, so that a fault in memory means the same
 * as one on the network.
 */
public final class InMemoryInstancesApi implements InstancesApi {

  /**
   * A request as it would be on the wire.
   *
   * @param target path and query below the API base
   */
  public record Sent(
      String method,
      String target,
      Map<String, String> headers,
      String body,
      boolean read,
      Duration deadline) {}

  /** What comes back. */
  public sealed interface Outcome {
    record Answered(int status, Map<String, String> headers, String body) implements Outcome {}

    /** The head of an answer, and not the whole of its body. */
    record BrokenOff(int status, Map<String, String> headers) implements Outcome {}

    record Lost() implements Outcome {}

    record Silence() implements Outcome {}

    /** No connection. */
    record Refused() implements Outcome {}
  }

  /** The network and the service behind it. */
  @FunctionalInterface
  public interface Wire {
    Outcome send(Account account, Sent sent);
  }

  private final Wire wire;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final SecretScrubber.Cache scrubbers = new SecretScrubber.Cache();

  public InMemoryInstancesApi(Wire wire, HttpSettings settings, InstantSource clock) {
    this.wire = wire;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public <T> T call(Account account, InstanceCall<T> call) {
    if (!call.sendWindow().isOpen(clock.instant())) {
      throw new InstancesApiException(TransportFailures.expired());
    }
    return switch (call) {
      case InstanceCall.FindByTag(var tag) ->
          call.answerType()
              .cast(
                  new TagSearch(tag, page -> perform(account, new ListPage(Optional.of(tag), page)))
                      .matches());
      case InstanceCall.Request<T> request -> {
        yield switch (perform(account, request)) {
          case Success<T>(T value) -> value;
          case Failure<T>(RemoteFailure failure) -> throw new InstancesApiException(failure);
        };
      }
    };
  }

  private <T> CallResult<T> perform(Account account, InstanceCall.Request<T> request) {
    Sent sent = sent(account, request);
    return switch (wire.send(account, sent)) {
      case Outcome.Answered(int status, var headers, String body) ->
          classified(account, request, new Response(status, headers, new Response.Complete(body)));
      case Outcome.BrokenOff(int status, var headers) ->
          classified(
              account,
              request,
              new Response(status, headers, new Response.Unreadable("an answer that broke off")));
      case Outcome.Lost _ ->
          new Failure<>(
              new RemoteFailure.ConnectionLost(
                  "the connection was closed before an answer came", request.effectIfUnanswered()));
      case Outcome.Silence _ ->
          new Failure<>(new RemoteFailure.TimedOut(sent.deadline(), request.effectIfUnanswered()));
      case Outcome.Refused _ ->
          new Failure<>(new RemoteFailure.Unreachable("the connection was refused"));
    };
  }

  private <T> CallResult<T> classified(
      Account account, InstanceCall.Request<T> request, Response response) {
    Redaction redaction = new Redaction(scrubbers.scrubber(account, request));
    return ResponseClassifier.classify(request, response, redaction, clock.instant());
  }

  private Sent sent(Account account, InstanceCall.Request<?> request) {
    EncodedRequest line = EncodedRequest.of(request);
    Optional<String> body = line.body().map(Json::write);
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept", "application/json");
    headers.put(
        "Authorization",
        "User %s, Organization %s"
            .formatted(account.userSecret().reveal(), account.organizationSecret().reveal()));
    body.ifPresent(_ -> headers.put("Content-Type", "application/json"));
    return new Sent(
        line.method(),
        line.target(),
        headers,
        body.orElse(""),
        request.isRead(),
        request.provisioned().isPresent()
            ? settings.provisionTimeout()
            : settings.requestTimeout());
  }
}
