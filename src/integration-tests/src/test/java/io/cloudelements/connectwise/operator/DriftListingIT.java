package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.AuditPolicy;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.JitteredSchedule;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What a hundred converged resources cost, to the call: after a restart, between two listings, in a
 * round, and when the listing lies. A control plane of its own logs reads too. The tests build on
 * each other, since each begins with a minute of rest.
 */
@TestMethodOrder(OrderAnnotation.class)
class DriftListingIT {
  private static final int RESOURCES = 100;
  private static final int PAGE = 20;
  private static final int PAGES = RESOURCES / PAGE;
  private static final String NAME = "Acme help desk";
  private static final String SUSPENDED = "hands-off";
  private static final Duration REST = Duration.ofSeconds(45);

  /** A minute of quiet, and an interval with its lateness. */
  private static final Duration ROUND = Duration.ofSeconds(150);

  /** How long after its slot a full check may be seen: a minute of quiet, and a busy machine. */
  private static final Duration SLOT = Duration.ofSeconds(70);

  private static ControlPlane controlPlane;
  private static KubernetesClient client;
  private static SimulatorServer simulator;
  private static Tenant tenant;
  private static TenantAccount untouched;
  private static OperatorProcess operator;

  @BeforeAll
  static void start() throws Exception {
    controlPlane =
        ControlPlane.start(
            ControlPlaneOptions.inNewDirectory("drift-").withAuditPolicy(AuditPolicy.EVERYTHING));
    controlPlane.installCrds();
    client = controlPlane.client();
    simulator = SimulatorServer.start();
    tenant = Tenant.in("default", controlPlane, client, simulator.simulator());
    untouched = tenant.opensAccount("-other");
    tenant.account().platformBehaves(behaviour -> behaviour.with(b -> b.maxPageSize = PAGE));
    launch();
    tenant.appliesCredentials();
    List<String> names = IntStream.range(0, RESOURCES).mapToObj("acme-%03d"::formatted).toList();
    tenant.applies(
        names.stream().map(DriftListingIT::manifest).collect(Collectors.joining("---\n")));
    tenant.awaitsReady(names, Duration.ofSeconds(60));
    operator.terminate();
    launch();
  }

  /** One of them writes the host of the account's URL in capitals. */
  private static String manifest(String name) {
    return name.equals("acme-099")
        ? Tenant.helpDesk(name, "name: " + NAME, "baseUrl: " + baseUrl("LOCALHOST"))
        : Tenant.helpDesk(name, "name: " + NAME);
  }

  private static String baseUrl(String host) {
    return simulator.baseUrl().toString().replace("127.0.0.1", host);
  }

  /** Looks by id are a day apart, so that hardly any falls into the test. */
  private static void launch() {
    operator =
        OperatorProcess.start(
            controlPlane,
            simulator,
            Map.of(
                "RESYNC_INTERVAL",
                "24h",
                "ORPHAN_SCAN_INTERVAL",
                "1m",
                "CLOUD_ELEMENTS_BASE_URL",
                baseUrl("localhost"),
                "CLOUD_ELEMENTS_ALLOWED_BASE_URLS",
                baseUrl("localhost")));
  }

  @AfterAll
  static void stop() {
    operator.close();
    simulator.close();
    client.close();
    controlPlane.close();
  }

  /** A rolling update of the operator must cause no calls to the service, and no writes. */
  @Test
  @Order(1)
  void aRestartMakesNoCallAndNoWrite() {
    // Given
    await("the caches are read").until(() -> operator.status("/readyz") == 200);
    int calls = simulator.simulator().journal().count();
    int writes = writes();
    // When
    Duration rest = REST;
    // Then
    await("rest")
        .during(rest)
        .atMost(rest.multipliedBy(2))
        .until(() -> simulator.simulator().journal().count() == calls && writes() == writes);
  }

  /** 10,000 resources are 50 listing calls and nothing else; here 100 on pages of 20. */
  @Test
  @Order(2)
  void aDriftCheckIsOneListing() {
    // Given
    int before = simulator.simulator().journal().count();
    int kube = kubeCalls();
    // When
    double listings = awaitListing("listed");
    // Then
    assertThat(listings).isEqualTo(1);
    List<Call> calls = since(before);
    assertThat(calls.stream().filter(DriftListingIT::isListing)).hasSize(PAGES);
    assertThat(fullChecks(calls)).isEmpty();
    assertThat(kubeCalls())
        .as("reads and writes of the cluster; a full check that is due reads two Secrets")
        .isEqualTo(kube + calls.size() - PAGES);
  }

  /** Instances that differ in the listing are checked and repaired; the others are not called. */
  @Test
  @Order(3)
  void onlyDifferingInstancesAreFullyChecked() {
    // Given
    Instance renamed = instanceOf("acme-007");
    Instance lost = instanceOf("acme-008");
    simulator.simulator().platform().outsideWorld().rename(renamed.id(), "by hand");
    simulator.simulator().platform().outsideWorld().deleteExternally(lost.id());
    String orphan = OwnershipTag.of("test", new ResourceId("default", "gone")).value();
    String others = OwnershipTag.of("other", new ResourceId("default", "gone")).value();
    long orphanId = byHand(orphan);
    byHand(others);
    int before = simulator.simulator().journal().count();
    // When
    awaitListing("listed");
    // Then
    await("the repair")
        .untilAsserted(() -> {
          assertThat(instanceOf("acme-007").name()).isEqualTo(NAME);
          assertThat(instanceOf("acme-008").id()).isNotEqualTo(lost.id());
        });
    List<Call> fullChecks = fullChecks(since(before));
    assertThat(fullChecks)
        .as("a read and a PATCH; a read, its proof, a search and a POST")
        .hasSizeLessThanOrEqualTo(12);
    await().until(() -> operator.metric("connectwise_orphans") == 1);
    assertThat(operator.body(OrphanPage.PATH))
        .contains("ageSeconds")
        .doesNotContain(others, "token");
    CommandRun orphans = CommandRun.of("orphans", "--url", "http://127.0.0.1:" + operator.port());
    assertThat(orphans.output())
        .containsPattern(orphanId + " +By hand +connectwisehd +NoResource .*" + orphan)
        .contains("No duplicates.");
    assertThat(orphans.exitCode()).as(orphans.errors()).isEqualTo(3);
    assertThat(operator.metric("connectwise_drift_listed_total{field=\"name\"}")).isEqualTo(1);
    assertThat(operator.metric("connectwise_drift_listed_total{field=\"missing\"}")).isEqualTo(1);
  }

  /** A lost privilege shows an empty account, which must not lead to recreating all instances. */
  @Test
  @Order(4)
  void anEmptyListingCausesThreeFullChecksAndNoChange() {
    // Given
    await("calm").until(() -> tenant.resources().stream().allMatch(Tenant::isReady));
    FaultRule lie =
        simulator
            .simulator()
            .faults()
            .on(Route.GET_INSTANCES)
            .matching(request -> request.parameter("tags[]").isEmpty())
            .inject(Fault.Status.of(404));
    int before = simulator.simulator().journal().count();
    int writes = writes();
    Set<Long> instances = live();
    // When
    awaitListing("doubted");
    // Then
    await("the full checks").until(() -> fullChecks(since(before)).size() >= 6);
    simulator.simulator().faults().remove(lie);
    List<Call> fullChecks = fullChecks(since(before));
    assertThat(fullChecks).as("three looks of a GET and a search each").hasSize(6);
    assertThat(fullChecks).allMatch(call -> call.method().equals("GET"));
    assertThat(live()).isEqualTo(instances);
    assertThat(writes()).isEqualTo(writes);
    assertThat(tenant.resources()).allMatch(Tenant::isReady);
  }

  /** Two accounts would be two listings, two limits, and each other's instances as orphans. */
  @Test
  @Order(5)
  void spellingsOfOneUrlAreOneAccount() throws Exception {
    // Given
    String fingerprint = tenant.status("acme-000").orElseThrow().account();
    await("a listing")
        .atMost(ROUND)
        .until(() -> operator.metric("connectwise_drift_rounds_total{outcome=\"listed\"}") > 0);
    // When
    OrphanPage page = OrphanPage.parse(operator.body(OrphanPage.PATH));
    // Then
    assertThat(page.accounts())
        .extracting(OrphanPage.ListedAccount::account)
        .containsExactly(fingerprint);
    assertThat(tenant.status("acme-099").orElseThrow().account()).isEqualTo(fingerprint);
    assertThat(operator.body("/metrics").lines())
        .filteredOn(line -> line.startsWith("connectwise_account_breaker_state{"))
        .filteredOn(line -> !line.contains("account=\"other\""))
        .singleElement()
        .asString()
        .contains(fingerprint);
  }

  /** Its user asked for no call at all, and a listing is one. */
  @Test
  @Order(6)
  void theAccountOfASuspendedResourceIsNotListed() {
    // Given
    tenant.appliesSecret("other-credentials", untouched.credentials());
    tenant.applies(Tenant.helpDesk(SUSPENDED).replace(Tenant.CREDENTIALS, "other-credentials"));
    tenant.awaitsReady(SUSPENDED);
    tenant.changes(SUSPENDED, "{\"suspend\":true}");
    tenant
        .person()
        .runs("wait", "cwi/" + SUSPENDED, "--for=jsonpath={.status.observedGeneration}=2");
    int before = simulator.simulator().journal().count();
    // When
    awaitListing("listed");
    awaitListing("listed");
    // Then
    assertThat(since(before))
        .as("between two listings of one account lies the slot of every other one")
        .noneMatch(call -> call.user().equals(untouched.user().toString()));
  }

  /** Waits for the next listing that ends so, and returns how many there were meanwhile. */
  private static double awaitListing(String outcome) {
    String metric = "connectwise_drift_rounds_total{outcome=\"" + outcome + "\"}";
    double before = operator.metric(metric);
    await("a listing, " + outcome)
        .atMost(ROUND)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> operator.metric(metric) > before);
    return operator.metric(metric) - before;
  }

  private static boolean isListing(Call call) {
    return call.route().filter(Route.GET_INSTANCES::equals).isPresent()
        && !call.query().containsKey("tags[]");
  }

  /** Calls about single instances, but for those whose look by id is due at that time of day. */
  private static List<Call> fullChecks(List<Call> calls) {
    Map<String, JitteredSchedule> slots =
        tenant.resources().stream()
            .filter(resource -> resource.getStatus() != null)
            .collect(
                Collectors.toMap(
                    resource -> Long.toString(resource.getStatus().instanceId()),
                    resource ->
                        new JitteredSchedule(resource.getMetadata().getUid(), Duration.ofDays(1))));
    Map<String, String> byTag =
        tenant.resources().stream()
            .filter(resource -> resource.getStatus() != null)
            .collect(
                Collectors.toMap(
                    resource -> OwnershipTag.of("test", SpecDefaults.id(resource)).value(),
                    resource -> Long.toString(resource.getStatus().instanceId())));
    return calls.stream()
        .filter(call -> !isListing(call))
        .filter(call -> {
          String about =
              call.query().containsKey("tags[]")
                  ? byTag.getOrDefault(call.query().get("tags[]").getFirst(), "")
                  : call.path().substring(call.path().lastIndexOf('/') + 1);
          return Optional.ofNullable(slots.get(about))
              .filter(slot -> slot.after(call.at().minus(SLOT)).isBefore(call.at()))
              .isEmpty();
        })
        .toList();
  }

  private static List<Call> since(int count) {
    List<Call> calls = simulator.simulator().journal().calls();
    return calls.subList(count, calls.size());
  }

  private static long byHand(String tag) {
    return tenant.account().makesByHand("connectwisehd", "By hand", Set.of(tag), Map.of()).id();
  }

  private static Set<Long> live() {
    return simulator.simulator().platform().live().stream()
        .map(Instance::id)
        .collect(Collectors.toSet());
  }

  private static Instance instanceOf(String name) {
    Long id = tenant.status(name).orElseThrow().instanceId();
    assertThat(id).as("of %s; a recreation has none for a moment", name).isNotNull();
    return simulator.simulator().platform().instance(id).orElseThrow();
  }

  private static int writes() {
    return tenant.writes().size();
  }

  /** Calls that the operator made of the API server, watches apart, which begin anew at times. */
  private static int kubeCalls() {
    return (int)
        new AuditLog(controlPlane)
            .entries().stream()
                .filter(
                    entry -> entry.path("userAgent").asText().startsWith("connectwise-operator/"))
                .map(entry -> entry.path("verb"))
                .map(JsonNode::asText)
                .filter(verb -> !verb.equals("watch"))
                .count();
  }
}
