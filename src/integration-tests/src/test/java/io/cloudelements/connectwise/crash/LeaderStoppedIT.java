package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.CallListener;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas, of which the leader stands still for longer than its Lease and then goes on. */
@RealCluster
class LeaderStoppedIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** The Lease is held for 15 s; the standby looks every 2 s. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(40);

  /** A leader that cannot renew gives up after 10 s. */
  private static final Duration GIVES_UP = Duration.ofSeconds(15);

  private static final String LEADER = "leader";
  private static final String STANDBY = "standby";

  /** Its POST took effect and is never answered. */
  private static final String SILENT = "silent";

  /** Its POST is answered while the leader stands still: the answer is the first thing it reads. */
  private static final String UNREAD = "unread";

  private SimulatorServer simulator;
  private Fleet fleet;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
  }

  @BeforeEach
  void begin(TestNamespace namespace, KubernetesClient client) {
    simulator = Acme.simulator();
    fleet = new Fleet(client, namespace.name(), simulator.simulator());
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  /** One instance and one writer: what the old leader still has in hand must not come through. */
  @Test
  void theOldLeaderWritesNothingMore(
      ControlPlane controlPlane, TestNamespace namespace, ClusterUser user) {
    // Given
    AuditTrail audit = new AuditTrail(controlPlane, namespace.name());
    fleet.first(Route.POST_INSTANCES, SILENT).inject(new Fault.Hang(true));
    try (OperatorProcess leader = replica(controlPlane, namespace, LEADER);
        OperatorProcess standby = replica(controlPlane, namespace, STANDBY)) {
      fleet.apply(user, List.of(SILENT));
      await().atMost(SOON).until(() -> fleet.everCreated(SILENT).size() == 1);
      stopAfterTheEffect(leader, user);
      await("the standby leads")
          .atMost(TAKE_OVER)
          .until(
              () -> standby.log().stream().anyMatch(line -> line.contains("This replica leads")));
      fleet.awaitReady(List.of(SILENT, UNREAD), SOON);
      List<AuditTrail.Entry> before = audit.writesBy(LEADER);
      int calls = simulator.simulator().journal().count();
      // When
      leader.resume();
      // Then
      assertThat(leader.awaitExit(GIVES_UP)).isEqualTo(1);
      assertThat(leader.log()).anyMatch(line -> line.contains("The Lease is lost"));
      assertThat(audit.writesBy(LEADER).stream().skip(before.size()))
          .as("what the old leader tried is refused")
          .noneMatch(AuditTrail.Entry::isDone);
      assertThat(simulator.simulator().journal().calls().stream().skip(calls))
          .as("nor does it change anything at the service")
          .allMatch(call -> call.effects().isEmpty());
      assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(2);
      fleet.assertDelivered(SILENT);
      fleet.assertDelivered(UNREAD);
      assertThatTheNewLeaderWorks(user);
    }
  }

  private void assertThatTheNewLeaderWorks(ClusterUser user) {
    user.runs("delete", "cwi", SILENT, UNREAD, "--timeout=30s");
    assertThat(simulator.simulator().platform().live()).isEmpty();
  }

  private OperatorProcess replica(
      ControlPlane controlPlane, TestNamespace namespace, String account) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "CLUSTER_NAME", "test",
                "WATCH_NAMESPACES", namespace.name(),
                "OPERATOR_NAMESPACE", namespace.name(),
                "PROVISION_TIMEOUT", "60s",
                "LEADER_ELECTION", "true"));
    Path identity = OperatorRights.of(environment, account).grantedOn(controlPlane);
    environment.put("KUBECONFIG", identity.toString());
    return OperatorProcess.start(controlPlane, simulator, environment);
  }

  private void stopAfterTheEffect(OperatorProcess leader, ClusterUser user) {
    Predicate<Call> isLast =
        call ->
            call.route().equals(Optional.of(Route.POST_INSTANCES)) && fleet.isAbout(call, UNREAD);
    CallListener stop =
        new CallListener() {
          @Override
          public void afterEffect(Call call) {
            if (isLast.test(call)) {
              leader.pause();
            }
          }
        };
    simulator.simulator().listen(stop);
    fleet.apply(user, List.of(UNREAD));
    await("the answer is sent to a process that stands still")
        .atMost(SOON)
        .until(() ->
            simulator.simulator().journal().calls().stream()
                .filter(isLast)
                .anyMatch(call -> call.outcome() == Call.Outcome.ANSWERED));
    simulator.simulator().ignore(stop);
  }
}
