package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.audit.AuditKey;
import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resource left at the service, and what a person does about it with the command line. */
@RealOperator(OperatorScope.MANUAL)
class OrphansIT {
  private static final String OF_JVM = "WARNING: ";

  /** A minute of quiet, and an interval with its lateness. */
  private static final Duration ROUND = Duration.ofSeconds(150);

  private static final String FOREIGN =
      OwnershipTag.of("another cluster", new ResourceId("integrations", "acme")).value();

  /** The accounts of resources are listed. */
  private static final String KEPT = "kept";

  @TempDir private Path directory;

  private Tenant tenant;
  private OperatedCluster cluster;

  @BeforeEach
  void begin(Tenant ours, OperatedCluster operated) {
    tenant = ours;
    cluster = operated;
  }

  @Test
  void thePrintedManifestAdoptsAnOrphan() throws IOException {
    // Given
    try (OperatorProcess operator = serve()) {
      Instance orphan = leavesBehind("former", "Renamed desk");
      Instance contested = leavesBehind("other", "Contested desk");
      Set<String> both = new HashSet<>(contested.tags());
      both.add(FOREIGN);
      tenant.account().outsideWorld().setTags(contested.id(), both);
      awaitsOrphans(operator, orphan.id(), contested.id());
      int mutations = tenant.account().mutations().size();
      // When
      Command.CommandResult refused = adopts(operator, contested);
      Command.CommandResult printed = adopts(operator, orphan);
      tenant.applies(printed.output());
      // Then
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output()).isEmpty();
      assertThat(refused.errors()).contains(FOREIGN + " of another cluster");
      assertThat(printed.exitCode()).as(printed.errors()).isZero();
      tenant.awaits("renamed-desk", seen -> seen.isReady().hasInstance(orphan.id()));
      assertThat(tenant.deliveredToken("renamed-desk-token")).isEqualTo(orphan.token());
      assertThat(tenant.account().mutations().stream().skip(mutations))
          .as("it is marked, and nothing is made")
          .containsExactly(Route.PUT_INSTANCE);
      Instance adopted = tenant.account().instance(orphan.id());
      assertThat(adopted.tags())
          .contains(tenant.account().ownershipTag("renamed-desk"))
          .doesNotContain(tenant.account().ownershipTag("former"));
      assertThat(tenant.account().everCreatedFor("renamed-desk")).containsExactly(adopted);
      await("its resource claims it until its new tag is listed")
          .untilAsserted(() ->
              assertThat(shown(operator))
                  .filteredOn(shown -> shown.id() == orphan.id())
                  .allSatisfy(shown ->
                      assertThat(shown.claimedBy())
                          .containsExactly(tenant.name() + "/renamed-desk")));
      awaitsOrphans(operator, contested.id());
    }
  }

  /** A resource whose status names an orphan is listed beside it; the status proves nothing. */
  @Test
  void aForgedStatusHidesNoOrphan() throws IOException {
    // Given
    try (OperatorProcess operator = serve()) {
      tenant.appliesHelpDesks(Set.of("forger"));
      tenant.awaitsReady("forger");
      Instance orphan = leavesBehind("former", "Former desk");
      awaitsOrphans(operator, orphan.id());
      // When
      tenant.changes("forger", "{\"suspend\":true}");
      tenant.awaits("forger", seen -> seen.condition("Synced").hasReason("Suspended"));
      tenant
          .person()
          .patchesStatus(
              "cwi", "forger", "{\"status\":{\"instanceId\":%d}}".formatted(orphan.id()));
      // Then
      await("the operator sees the forged status")
          .atMost(ROUND)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() ->
              assertThat(shown(operator))
                  .singleElement()
                  .satisfies(shown -> {
                    assertThat(shown.id()).isEqualTo(orphan.id());
                    assertThat(shown.claimedBy()).containsExactly(tenant.name() + "/forger");
                  }));
      Command.CommandResult told =
          Command.ofJava(Main.class, "orphans", "--url=http://127.0.0.1:" + operator.port()).run();
      assertThat(told.exitCode()).isEqualTo(3);
      assertThat(told.output())
          .contains(Long.toString(orphan.id()), "CLAIMED BY", tenant.name() + "/forger");
    }
  }

  /** The person's own call leaves the trace that the operator's calls leave. */
  @Test
  void aDeletionWritesItsAuditLine() throws IOException {
    // Given
    try (OperatorProcess operator = serve()) {
      Instance orphan = leavesBehind("former", "Renamed desk");
      String account = tenant.status(KEPT).orElseThrow().account();
      awaitsOrphans(operator, orphan.id());
      // When
      Command.CommandResult shown = decides(operator, "delete", orphan);
      Command.CommandResult deleted = decides(operator, "delete", orphan, "--yes");
      // Then
      assertThat(shown.errors()).contains("Nothing is deleted").doesNotContain(" audit ");
      assertThat(deleted.output())
          .isEqualTo(
              "Deleted: instance %d (Renamed desk, element connectwisehd).\n"
                  .formatted(orphan.id()));
      assertThat(deleted.errors().lines().filter(line -> !line.startsWith(OF_JVM)))
          .singleElement()
          .asString()
          .contains(" INFO  audit [", "] delete at the service: success ")
          .contains("kind=\"delete\" method=\"DELETE\" fields=\"\"")
          .contains("instanceId=\"%d\" account=\"%s\"".formatted(orphan.id(), account))
          .contains("outcome=\"success\" effect=\"applied\" status=\"200\" requestId=\"")
          .contains("namespace=\"\" name=\"\" uid=\"\"");
      assertThat(AuditKey.values())
          .allSatisfy(
              key -> assertThat(deleted.errors()).containsOnlyOnce(" " + key.label() + "=\""));
      assertThat(tenant.account().calls(Route.DELETE_INSTANCE)).hasSize(1);
      assertThat(tenant.account().instance(orphan.id()).isLive()).isFalse();
    }
  }

  /** The operator checks by itself, without the command's check and annotation. */
  @Test
  void anAdoptionByHandIsRefusedByAnotherClustersTag() {
    // Given
    try (OperatorProcess _ = serve()) {
      Instance contested = leavesBehind("other", "Contested desk");
      Set<String> foreign = Set.of(OwnershipTag.MARKER, FOREIGN);
      tenant.account().outsideWorld().setTags(contested.id(), foreign);
      int mutations = tenant.account().mutations().size();
      // When
      tenant.applies(Tenant.helpDesk("contested", "adoptInstanceId: " + contested.id()));
      // Then
      tenant.awaits("contested", seen -> seen.isStalled("OwnedByAnother").says("another cluster"));
      tenant.awaitsReconcile("contested");
      assertThat(tenant.account().mutations()).hasSize(mutations);
      assertThat(tenant.account().instance(contested.id()).tags()).isEqualTo(foreign);
      assertThat(tenant.secret("contested-token")).isEmpty();
    }
  }

  /** Where only a part is watched, orphans cannot be known. */
  private OperatorProcess serve() {
    OperatorProcess operator =
        cluster.start(Map.of("RESYNC_INTERVAL", "24h", "ORPHAN_SCAN_INTERVAL", "1m"));
    tenant.appliesHelpDesks(Set.of(KEPT));
    tenant.awaitsReady(KEPT);
    return operator;
  }

  /** A resource is deleted without its instance. */
  private Instance leavesBehind(String resource, String name) {
    tenant.applies(Tenant.helpDesk(resource, "name: " + name, "deletionPolicy: Retain"));
    long id = tenant.awaitsReady(resource).getStatus().instanceId();
    tenant.person().deletes("cwi", resource);
    tenant.awaitsGone(resource);
    return tenant.account().instance(id);
  }

  private static void awaitsOrphans(OperatorProcess operator, Long... ids) {
    await("the account is listed")
        .atMost(ROUND)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(orphans(operator)).containsExactlyInAnyOrder(ids));
  }

  private static Set<Long> orphans(OperatorProcess operator) throws IOException {
    return shown(operator).stream()
        .map(OrphanPage.OrphanedInstance::id)
        .collect(Collectors.toSet());
  }

  private static List<OrphanPage.OrphanedInstance> shown(OperatorProcess operator)
      throws IOException {
    return OrphanPage.parse(operator.body(OrphanPage.PATH)).accounts().stream()
        .flatMap(account -> account.orphans().stream())
        .toList();
  }

  private Command.CommandResult adopts(OperatorProcess operator, Instance orphan)
      throws IOException {
    return decides(
        operator,
        "adopt",
        orphan,
        "--credentials-secret=" + Tenant.CREDENTIALS,
        "--namespace=" + tenant.name());
  }

  /** The program itself, as a person starts it. */
  private Command.CommandResult decides(
      OperatorProcess operator, String command, Instance orphan, String... options)
      throws IOException {
    Path account =
        Files.writeString(
            directory.resolve("account.yaml"),
            tenant.person().gets("secret", Tenant.CREDENTIALS, "-o", "yaml"));
    String[] common = {
      "orphans",
      command,
      Long.toString(orphan.id()),
      "--account-secret=" + account,
      "--url=http://127.0.0.1:" + operator.port()
    };
    return Command.ofJava(
            Main.class, Stream.concat(Stream.of(common), Stream.of(options)).toArray(String[]::new))
        .withEnvironment(
            Map.of(
                "CLOUD_ELEMENTS_BASE_URL", cluster.baseUrl(),
                "CLOUD_ELEMENTS_ALLOWED_BASE_URLS", cluster.baseUrl()))
        .run();
  }
}
