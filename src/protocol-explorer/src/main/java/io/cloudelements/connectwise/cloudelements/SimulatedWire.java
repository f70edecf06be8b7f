package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.simulator.Delivery;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.ApiRequest;
import java.net.URI;

/** The simulator at the other end of a wire that takes no time. */
public record SimulatedWire(Simulator simulator) implements InMemoryTransport.Network {
  @Override
  public SendOutcome send(HttpCall call) {
    return switch (simulator.deliver(request(call))) {
      case Delivery.Answered(var response) ->
          new SendOutcome.Answered(response.status(), response.headers(), response.body());
      case Delivery.ConnectionLost _ -> new SendOutcome.Lost();
      case Delivery.NeverAnswers _ -> new SendOutcome.Silence();
    };
  }

  /** The request as the simulator takes it. */
  public static ApiRequest request(HttpCall call) {
    URI target = call.target();
    String path = target.getRawPath();
    return ApiRequest.of(
        call.method(),
        target.getRawQuery() == null ? path : path + "?" + target.getRawQuery(),
        call.headers(),
        call.body().orElse(""));
  }
}
