package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.CallJournal;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two replicas, of which the leader stands still for longer than its Lease and then goes on. */
@RealOperator(OperatorScope.MANUAL)
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

  /** One instance and one writer: calls that the old leader had begun must have no effect. */
  @Test
  void theFormerLeaderWritesNothing(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster) {
    // Given
    AuditLog audit = new AuditLog(controlPlane);
    CallJournal journal = cluster.simulator().journal();
    tenant.account().firstFaultOf(SILENT, Route.POST_INSTANCES).inject(new Fault.Hang(true));
    try (OperatorProcess leader = replica(controlPlane, tenant, cluster, LEADER);
        OperatorProcess standby = replica(controlPlane, tenant, cluster, STANDBY)) {
      tenant.appliesHelpDesks(List.of(SILENT));
      await().atMost(SOON).until(() -> tenant.account().everCreatedFor(SILENT).size() == 1);
      UnreadAnswer.pause(leader, tenant, cluster, UNREAD);
      await("the standby leads")
          .atMost(TAKE_OVER)
          .until(
              () -> standby.log().stream().anyMatch(line -> line.contains("This replica leads")));
      tenant.awaitsReady(List.of(SILENT, UNREAD), SOON);
      List<AuditLog.AuditedWrite> before = audit.writesBy(LEADER, tenant.name());
      int calls = journal.count();
      // When
      leader.resume();
      // Then
      assertThat(leader.awaitExit(GIVES_UP)).isEqualTo(1);
      assertThat(leader.log()).anyMatch(line -> line.contains("The Lease is lost"));
      assertThat(audit.writesBy(LEADER, tenant.name()).stream().skip(before.size()))
          .as("the writes of the old leader are refused")
          .noneMatch(AuditLog.AuditedWrite::isDone);
      assertThat(journal.calls().stream().skip(calls))
          .as("nor does it change anything at the service")
          .allMatch(call -> call.effects().isEmpty());
      assertThat(journal.count(Route.POST_INSTANCES)).isEqualTo(2);
      tenant.assertDelivered(SILENT);
      tenant.assertDelivered(UNREAD);
      tenant.person().runs("delete", "cwi", SILENT, UNREAD, "--timeout=30s");
      assertThat(cluster.simulator().platform().live()).as("the new leader works").isEmpty();
    }
  }

  private static OperatorProcess replica(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster, String account) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "CLUSTER_NAME", "test",
                "WATCH_NAMESPACES", tenant.name(),
                "OPERATOR_NAMESPACE", tenant.name(),
                "PROVISION_TIMEOUT", "60s",
                "LEADER_ELECTION", "true"));
    Path identity = OperatorRights.of(environment, account).grantedOn(controlPlane);
    environment.put("KUBECONFIG", identity.toString());
    return cluster.start(environment);
  }
}
