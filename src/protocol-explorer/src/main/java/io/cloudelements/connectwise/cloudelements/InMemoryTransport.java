package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A transport over a function instead of a socket. */
public record InMemoryTransport(Network wire, InstantSource clock) implements HttpTransport {

  /** What comes back. */
  public sealed interface SendOutcome {
    record Answered(int status, Map<String, String> headers, String body) implements SendOutcome {}

    /** The head of an answer, and not the whole of its body. */
    record BrokenOff(int status, Map<String, String> headers) implements SendOutcome {}

    record Lost() implements SendOutcome {}

    record Silence() implements SendOutcome {}

    /** No connection. */
    record Refused() implements SendOutcome {}
  }

  /** The network and the service behind it. */
  @FunctionalInterface
  public interface Network {
    SendOutcome send(HttpCall call);
  }

  /** The shipped adapter over a wire, which may call any host. */
  public static HttpInstancesApi api(Network wire, InstantSource clock) {
    return new HttpInstancesApi(
        new InMemoryTransport(wire, clock),
        HttpSettings.DEFAULTS.timeouts(),
        AllowedBaseUrls.parse(List.of("https://*", "https://*/elements/api-v2")),
        clock,
        CallObserver.NONE);
  }

  @Override
  public HttpResult send(HttpCall call) {
    if (!call.window().isOpen(clock.instant())) {
      return new HttpResult.Broken(NotSent.expired());
    }
    return switch (wire.send(call)) {
      case SendOutcome.Answered(int status, var headers, String body) ->
          new HttpResult.Answered(new Response(status, headers, new Response.Complete(body)));
      case SendOutcome.BrokenOff(int status, var headers) ->
          new HttpResult.Answered(
              new Response(status, headers, new Response.Unreadable("an answer that broke off")));
      case SendOutcome.Lost _ ->
          broken(
              new ConnectionLost(
                  "the connection was closed before an answer came", call.effectIfUnanswered()));
      case SendOutcome.Silence _ ->
          broken(new TimedOut(call.deadline(), call.effectIfUnanswered()));
      case SendOutcome.Refused _ -> broken(new Unreachable("the connection was refused"));
    };
  }

  private static HttpResult broken(RemoteFailure failure) {
    return new HttpResult.Broken(failure);
  }

  @Override
  public void close() {}
}
