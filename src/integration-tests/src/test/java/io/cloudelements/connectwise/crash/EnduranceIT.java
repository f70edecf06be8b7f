package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.CallJournal;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A day of drift checks on a fast clock: 144 rounds, as with the default interval of ten minutes,
 * over six resources. The rounds are brought by the annotation that asks for a reconcile, one round
 * when the one before it is reported; each reconcile is the whole way of a drift check (event,
 * cache, Secrets, two remote reads, timer) and one status write more.
 *
 * <p>Not covered, since it takes real time: connections that idle out, watches that the API server
 * ends after some minutes (see {@link ApiServerCrashIT} for one that ends), tokens that expire.
 */
@RealOperator(OperatorScope.TEST)
class EnduranceIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<String> NAMES = Tenant.names("enduring", 6);

  /** Until classes are loaded, pools are filled and the first sizes are found. */
  private static final int WARM_UP = 24;

  private static final int DAY = 144;

  /**
   * 864 passes: a leak of 700 bytes a reconcile exceeds it, and what a collection leaves does not.
   */
  private static final long MOST_GROWTH = 384 * 1024;

  /** Sizes of pools vary; a leak in each round or reconcile exceeds this. */
  private static final int SOME = 10;

  /** Memory that grows with every check exceeds any limit in the end. */
  @Test
  void aDayOfDriftChecksLeaksNothing(
      Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    OperatorProcess operator = cluster.operator();
    CallJournal journal = cluster.simulator().journal();
    tenant.appliesHelpDesks(NAMES);
    tenant.awaitsReady(NAMES, SOON);
    rounds(client, tenant, 0, WARM_UP);
    Footprint before = Footprint.of(operator);
    int reads = journal.count(Route.GET_INSTANCE);
    // When
    rounds(client, tenant, WARM_UP, WARM_UP + DAY);
    // Then
    Footprint after = Footprint.of(operator);
    System.out.printf("A day of drift checks: %s before, %s after%n", before, after);
    assertThat(journal.count(Route.GET_INSTANCE) - reads)
        .as("every round was a drift check of every resource")
        .isEqualTo(DAY * NAMES.size());
    assertThat(after.liveBytes() - before.liveBytes()).isLessThan(MOST_GROWTH);
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SOME);
    assertThat(after.sockets()).isLessThanOrEqualTo(before.sockets() + SOME);
    assertThat(journal.count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
  }

  private static void rounds(KubernetesClient client, Tenant tenant, int from, int until) {
    for (int round = from; round < until; round++) {
      String mark = "round-" + round;
      String patch =
          "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
              .formatted(Annotations.RECONCILE_REQUESTED_AT, mark);
      NAMES.parallelStream()
          .forEach(name ->
              client
                  .resources(ConnectWiseInstance.class)
                  .inNamespace(tenant.name())
                  .withName(name)
                  .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
      await(mark)
          .atMost(SOON)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() ->
              tenant.resources().stream()
                  .allMatch(
                      resource -> mark.equals(resource.getStatus().lastHandledReconcileAt())));
    }
  }
}
