package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.InMemoryInstancesApi.Outcome;
import io.cloudelements.connectwise.cloudelements.InMemoryInstancesApi.Sent;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.simulator.Delivery;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.ApiRequest;

/** The simulator at the other end of a wire that takes no time. */
public record SimulatedWire(Simulator simulator) implements InMemoryInstancesApi.Wire {
  @Override
  public Outcome send(Account account, Sent sent) {
    String path = account.baseUrl().getPath() + sent.target();
    ApiRequest request = ApiRequest.of(sent.method(), path, sent.headers(), sent.body());
    return switch (simulator.deliver(request)) {
      case Delivery.Answered(var response) ->
          new Outcome.Answered(response.status(), response.headers(), response.body());
      case Delivery.ConnectionLost _ -> new Outcome.Lost();
      case Delivery.NeverAnswers _ -> new Outcome.Silence();
    };
  }
}
