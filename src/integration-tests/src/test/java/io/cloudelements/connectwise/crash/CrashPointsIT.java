package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.crash.WriteBarrier.PendingWrite;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One SIGKILL while each of many resources is held at another point of its creation, and what a new
 * process makes of it, without a person.
 *
 * <p>Where it cannot be known whether a {@code POST} was made, the whole window of an intent is
 * waited out; hence the minute and a half, once for all of them.
 */
@RealCluster
class CrashPointsIT {
  private static final String NAMESPACE = "crash-points";
  private static final Duration SOON = Duration.ofSeconds(30);

  /** The window of an intent with the shortest PROVISION_TIMEOUT is 100 s. */
  private static final Duration WINDOW_AND_MORE = Duration.ofSeconds(140);

  private static final Duration PROVISION_TIMEOUT = Duration.ofSeconds(10);

  /** For an instance that was made to show in a search. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final Map<CrashPoint, String> LEFT = new EnumMap<>(CrashPoint.class);

  private static OperatedCluster cluster;
  private static Tenant tenant;

  /** The one crash, whose outcome all tests of this class check. */
  @BeforeAll
  static void crash(ControlPlane controlPlane, KubernetesClient client) {
    controlPlane.kubectl("create", "namespace", NAMESPACE);
    cluster = OperatedCluster.on(controlPlane, client);
    tenant = cluster.tenant(NAMESPACE);
    Map<String, String> environment =
        Map.of(
            "WATCH_NAMESPACES",
            NAMESPACE,
            "PROVISION_TIMEOUT",
            PROVISION_TIMEOUT.toSeconds() + "s");
    try (WriteBarrier queue = WriteBarrier.holding(client, NAMESPACE, CrashPointsIT::isHeld);
        OperatorProcess first = cluster.start(environment)) {
      holdCalls();
      tenant.appliesHelpDesks(resources(point -> point != CrashPoint.POST_UNREAD));
      await("each is held at its point").atMost(SOON).until(() -> allHeld(queue));
      UnreadAnswer.pause(first, tenant, cluster, CrashPoint.POST_UNREAD.resource());
      queue.release(write -> point(write).isDone());
      await("the released writes are done").atMost(SOON).until(CrashPointsIT::allDone);
      first.kill();
      queue.refuseRemainingWrites();
      Stream.of(CrashPoint.values()).forEach(point -> LEFT.put(point, left(point)));
    }
    cluster.start(environment);
    await("the late one is looked for in vain, and waited for")
        .atMost(SOON)
        .until(CrashPointsIT::lateCreationIsAwaitedOrRepeated);
    assertThat(cluster.simulator().applyPending()).isEqualTo(1);
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.clear(tenant);
      cluster.close();
    }
  }

  /** Each resource must have been at its crash point. */
  @ParameterizedTest
  @EnumSource
  void theProcessDiedAtTheCrashPoint(CrashPoint point) {
    assertThat(LEFT.get(point)).isEqualTo(point.leaves());
  }

  /** For each crash point: one instance, its token delivered, Ready, without a person. */
  @ParameterizedTest
  @EnumSource
  void endsWithOneInstance(CrashPoint point) {
    // When
    tenant.awaitsReady(List.of(point.resource()), WINDOW_AND_MORE);
    // Then
    tenant.assertDelivered(point.resource());
    assertThat(tenant.account().callsAbout(point.resource(), Route.POST_INSTANCES))
        .hasSize(point.creations());
  }

  /** Until then the first creation may still take effect. */
  @Test
  void createsAgainOnlyAfterTheSendWindow() {
    // When
    String dropped = CrashPoint.POST_NEVER_APPLIED.resource();
    tenant.awaitsReady(List.of(dropped), WINDOW_AND_MORE);
    // Then
    List<Call> creations = tenant.account().callsAbout(dropped, Route.POST_INSTANCES);
    assertThat(Duration.between(creations.getFirst().at(), creations.getLast().at()))
        .isGreaterThan(PROVISION_TIMEOUT.plus(MARGIN));
  }

  /** While a resource waits, the searches for its instance must be few. */
  @Test
  void searchesAtMostFourteenTimesForAnOutcome() {
    // When
    tenant.awaitsReady(resources(point -> true), WINDOW_AND_MORE);
    // Then: 1, 2, 4, 8 and then every 15 s, before and after the crash
    assertThat(Stream.of(CrashPoint.values()))
        .allSatisfy(point ->
            assertThat(tenant.account().callsAbout(point.resource(), Route.GET_INSTANCES))
                .as(point.resource())
                .hasSizeLessThanOrEqualTo(14));
  }

  private static void holdCalls() {
    first(Route.GET_INSTANCES, CrashPoint.SEARCH_UNANSWERED, new Fault.Hang(false));
    first(Route.POST_INSTANCES, CrashPoint.POST_NEVER_APPLIED, new Fault.Hang(false));
    first(Route.POST_INSTANCES, CrashPoint.POST_APPLIED, new Fault.Hang(true));
    // not before it is told to
    first(
        Route.POST_INSTANCES,
        CrashPoint.POST_APPLIED_LATE,
        new Fault.AppliedLate(Duration.ofHours(1), Fault.AppliedLate.Seen.NOTHING));
  }

  private static void first(Route route, CrashPoint point, Fault fault) {
    tenant.account().firstFaultOf(point.resource(), route).inject(fault);
  }

  private static boolean allHeld(WriteBarrier queue) {
    return Stream.of(CrashPoint.values())
        .filter(point -> point != CrashPoint.POST_UNREAD)
        .allMatch(point ->
            switch (point.hold()) {
              case FINALIZER, INTENT, REPORT -> queue.held().contains(point.resource());
              case TOKEN -> queue.held().contains(point.resource() + "-token");
              case SEARCH ->
                  !tenant.account().callsAbout(point.resource(), Route.GET_INSTANCES).isEmpty();
              case POST ->
                  !tenant.account().callsAbout(point.resource(), Route.POST_INSTANCES).isEmpty();
            });
  }

  /** Waited for, as it should be; or created anew, as the tests below will find. */
  private static boolean lateCreationIsAwaitedOrRepeated() {
    String late = CrashPoint.POST_APPLIED_LATE.resource();
    boolean waits =
        tenant.status(late).orElseThrow().conditions().stream()
            .anyMatch(condition -> condition.getReason().equals("AwaitingOutcome"));
    return waits || tenant.account().callsAbout(late, Route.POST_INSTANCES).size() > 1;
  }

  private static boolean allDone() {
    return Stream.of(CrashPoint.values())
        .filter(CrashPoint::isDone)
        .allMatch(point -> left(point).equals(point.leaves()));
  }

  private static boolean isHeld(PendingWrite write) {
    return Stream.of(CrashPoint.values()).anyMatch(point -> point.holds(write));
  }

  private static CrashPoint point(PendingWrite write) {
    return Stream.of(CrashPoint.values())
        .filter(point -> point.holds(write))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> resources(Predicate<CrashPoint> which) {
    return Stream.of(CrashPoint.values()).filter(which).map(CrashPoint::resource).toList();
  }

  /** What there is of a resource at the moment. */
  private static String left(CrashPoint point) {
    ConnectWiseInstance resource = tenant.find(point.resource()).orElseThrow();
    Optional<ConnectWiseInstanceStatus> status = Optional.ofNullable(resource.getStatus());
    return Stream.of(
            resource.getMetadata().getFinalizers().isEmpty() ? "" : "finalizer",
            status.filter(s -> s.provisioning() != null).isPresent() ? "intent" : "",
            tenant.account().everCreatedFor(point.resource()).isEmpty() ? "" : "instance",
            tenant.secret(point.resource() + "-token").isPresent() ? "token" : "",
            Tenant.isReady(resource) ? "ready" : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
