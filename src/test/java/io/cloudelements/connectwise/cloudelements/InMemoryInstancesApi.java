package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    if (!window.isOpen(clock.instant())) {
      throw new InstancesApiException(TransportFailures.expired());
    }
    return call(account, new InstancesRequest.Create(definition));
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return call(account, new InstancesRequest.Read(id));
  }

  @Override
  public TagMatches findByTag(Account account, OwnershipTag tag) {
    return new TagSearch(tag, request -> perform(account, request)).matches();
  }

  @Override
  public InstancePage listPage(Account account, PageRequest page) {
    return call(account, new InstancesRequest.ListPage(page));
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return call(account, new InstancesRequest.Patch(id, name, tags));
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return call(account, new InstancesRequest.Replace(id, definition));
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    call(account, new InstancesRequest.SetEnabled(id, enabled));
  }

  @Override
  public void delete(Account account, long id) {
    call(account, new InstancesRequest.Delete(id));
  }

  private <T> T call(Account account, InstancesRequest<T> request) {
    return switch (perform(account, request)) {
      case Success<T>(T value) -> value;
      case Failure<T>(RemoteFailure failure) -> throw new InstancesApiException(failure);
    };
  }

  private <T> CallResult<T> perform(Account account, InstancesRequest<T> request) {
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
      Account account, InstancesRequest<T> request, Response response) {
    Redaction redaction = new Redaction(scrubbers.scrubber(account, request));
    return ResponseClassifier.classify(request, response, redaction, clock.instant());
  }

  private Sent sent(Account account, InstancesRequest<?> request) {
    Optional<String> body = request.body().map(Json::write);
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept", "application/json");
    headers.put(
        "Authorization",
        "User %s, Organization %s"
            .formatted(account.userSecret().reveal(), account.organizationSecret().reveal()));
    body.ifPresent(_ -> headers.put("Content-Type", "application/json"));
    return new Sent(
        request.line().method(),
        request.line().target(),
        headers,
        body.orElse(""),
        request.isRead(),
        request.provisioned().isPresent()
            ? settings.provisionTimeout()
            : settings.requestTimeout());
  }
}
