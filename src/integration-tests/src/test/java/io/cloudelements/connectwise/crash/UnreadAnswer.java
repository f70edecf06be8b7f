package io.cloudelements.connectwise.crash;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.CallListener;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A creation whose answer is sent to a process that stands still. */
final class UnreadAnswer {
  private static final Duration SOON = Duration.ofSeconds(30);

  private UnreadAnswer() {}

  /** Applies a help desk; its instance is made, and from then on the operator reads no answer. */
  static void pause(
      OperatorProcess operator, Tenant tenant, OperatedCluster cluster, String resource) {
    CallListener stop =
        new CallListener() {
          @Override
          public void afterEffect(Call call) {
            if (call.route().equals(Optional.of(Route.POST_INSTANCES))
                && tenant.account().isAbout(call, resource)) {
              operator.pause();
            }
          }
        };
    cluster.simulator().listen(stop);
    tenant.appliesHelpDesks(List.of(resource));
    await("the answer is sent")
        .atMost(SOON)
        .until(() ->
            tenant.account().callsAbout(resource, Route.POST_INSTANCES).stream()
                .anyMatch(call -> call.outcome() == Call.DeliveryOutcome.ANSWERED));
    cluster.simulator().ignore(stop);
  }
}
