package io.cloudelements.simulator;

import io.cloudelements.simulator.Delivery.Answered;
import io.cloudelements.simulator.model.ApiResponse;
import io.cloudelements.simulator.model.Caller;
import io.cloudelements.simulator.model.ManualClock;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.User;
import java.time.Instant;

/** A simulator without a server around it, and a user who calls it. */
abstract class InMemorySimulator {
  static final String CREATION =
      """
      {"element":{"key":"connectwisehd"},"name":"Acme","tags":["acme"],"configuration":{
        "helpdesk.connectwise.username":"me","helpdesk.connectwise.password":"canary",
        "helpdesk.connectwise.server.url":"api.example.com","helpdesk.connectwise.company":"acme"}}
      """;

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
  final Simulator simulator = new Simulator(clock);
  final Platform platform = simulator.platform();
  final User user = platform.outsideWorld().addUser("user", "organization");
  final Caller caller = Caller.of("user", "organization");

  Delivery create() {
    return simulator.deliver(caller.post("/instances", CREATION));
  }

  Delivery list() {
    return simulator.deliver(caller.get("/instances"));
  }

  static ApiResponse response(Delivery delivery) {
    return ((Answered) delivery).response();
  }

  static int status(Delivery delivery) {
    return response(delivery).status();
  }
}
