package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.AuditPolicy;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.CallJournal;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The API server dies and comes back while many creations are under way. A control plane of its
 * own.
 */
class ApiServerCrashIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String NAMESPACE = "under-load";
  private static final List<String> NAMES = Tenant.names("load", 30);

  /** Long enough for all creations to be in flight when the API server dies. */
  private static final Duration LATENCY = Duration.ofSeconds(6);

  private static final Map<String, String> ENVIRONMENT =
      Map.of("ACCOUNT_MAX_CONCURRENT_REQUESTS", "64");

  /** Nothing is lost, nothing is made twice, no thread spins, and the pod is not restarted. */
  @Test
  void losesNothingAndCreatesNothingTwice() throws Exception {
    // Given
    try (ControlPlane controlPlane =
            ControlPlane.start(
                ControlPlaneOptions.inNewDirectory("crash-").withAuditPolicy(AuditPolicy.WRITES));
        KubernetesClient client = controlPlane.client();
        OperatedCluster cluster = OperatedCluster.on(controlPlane, client)) {
      controlPlane.kubectl("create", "namespace", NAMESPACE);
      cluster
          .simulator()
          .faults()
          .on(Route.POST_INSTANCES)
          .inject(new Fault.Latency(LATENCY, LATENCY));
      CallJournal journal = cluster.simulator().journal();
      Tenant tenant = cluster.tenant(NAMESPACE);
      try (OperatorProcess operator = cluster.start(ENVIRONMENT);
          ProbeLog probes = ProbeLog.of(operator)) {
        tenant.appliesHelpDesks(NAMES);
        await("all creations are in flight")
            .atMost(SOON)
            .until(() -> journal.count(Route.POST_INSTANCES) == NAMES.size());
        // When
        controlPlane.killApiServer();
        await("all are answered while nothing can be written")
            .atMost(SOON)
            .until(() -> allAnswered(journal));
        controlPlane.startApiServer();
        // Then
        tenant.awaitsReady(NAMES, SOON);
        assertThat(journal.count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
        NAMES.forEach(tenant::assertDelivered);
        assertNoHotLoop(controlPlane, journal, operator);
        assertThat(probes.statuses("/livez")).as("the pod is not restarted").containsOnly(200);
        assertThat(probes.statuses("/readyz")).isSubsetOf(200, 503);
        assertWatchesLive(tenant, journal);
        await("ready again").atMost(SOON).until(() -> operator.status("/readyz") == 200);
        assertThat(operator.terminate()).isZero();
      }
    }
  }

  /**
   * What the watches missed is behind the server's memory: they have to list anew. A Secret that
   * came and went meanwhile is seen by none; one that changed is.
   */
  private static void assertWatchesLive(Tenant tenant, CallJournal journal) {
    int before = journal.count(Route.PUT_INSTANCE);
    tenant.account().changesPasswordAtConnectWise("rotated");
    tenant.edits(Tenant.CREDENTIALS, Map.of("password", "rotated"));
    await("the rotated password is sent for all")
        .atMost(SOON)
        .until(() -> journal.count(Route.PUT_INSTANCE) == before + NAMES.size());
    tenant.person().runs("delete", "cwi", NAMES.getLast(), "--timeout=30s");
  }

  private static boolean allAnswered(CallJournal journal) {
    return journal.calls(Route.POST_INSTANCES).stream()
        .allMatch(call -> call.outcome() == Call.DeliveryOutcome.ANSWERED);
  }

  private static void assertNoHotLoop(
      ControlPlane controlPlane, CallJournal journal, OperatorProcess operator) {
    assertThat(journal.count())
        .as("a search, a creation, and where the report was lost a few reads more")
        .isLessThanOrEqualTo(6 * NAMES.size());
    List<AuditLog.AuditedWrite> writes = new AuditLog(controlPlane).writesOfOperatorIn(NAMESPACE);
    // a server that has not read its roles yet answers 403; each refusal is told, by a status and
    // an event
    long refused = writes.stream().filter(write -> write.status() == 403).count();
    assertThat(writes)
        .as("four writes and an event, lost or repeated ones, and those that report refusals")
        .hasSizeBetween(5 * NAMES.size(), 8 * NAMES.size() + Math.toIntExact(2 * refused));
    assertThat(operator.log().stream().filter(line -> line.contains(" WARN ")))
        .as("an outage is said once a resource, not at every try")
        .hasSizeLessThanOrEqualTo(3 * NAMES.size());
  }
}
