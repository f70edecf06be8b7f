package io.cloudelements.connectwise.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.User;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A namespace that may not use an account tries every path on which the operator reads credentials.
 */
@RealOperator(OperatorScope.MANUAL)
class ConsentPathsIT {
  private static final String USER_SECRET = "canary-withheld-user";
  private static final String ORGANIZATION_SECRET = "canary-withheld-organization";
  private static final Duration ROUND = Duration.ofMinutes(4);

  /** The spec of each path. */
  private static Map<String, List<String>> paths(long foreign) {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    paths.put("creating", List.of());
    paths.put("adopting", List.of("adoptInstanceId: " + foreign));
    paths.put("observing", List.of("managementPolicy: Observe", "adoptInstanceId: " + foreign));
    paths.put("planning", List.of("managementPolicy: Plan"));
    paths.put("deleting", List.of());
    return paths;
  }

  @Test
  void noPathReachesAnAccountWithoutConsent(
      Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    OutsideWorld world = cluster.simulator().platform().outsideWorld();
    User user = world.addUser(USER_SECRET, ORGANIZATION_SECRET);
    long foreign =
        world
            .createByHand(
                user,
                "connectwisehd",
                "Of others",
                Set.of("connectwise-operator", tenant.account().ownershipTag("gone")),
                Map.of())
            .id();
    OperatorProcess operator =
        cluster.start(
            Map.of("RESYNC_INTERVAL", "30s", "ORPHAN_SCAN_INTERVAL", "1m", "LOG_LEVEL", "trace"));
    AccountTeam team = AccountTeam.beside(tenant, client);
    team.appliesSecret("acme-admin", USER_SECRET, ORGANIZATION_SECRET);
    team.person().applies(account());
    team.awaitsVerified();
    tenant.provisions("witness");
    int calls = callsOf(cluster, user).size();
    // When
    paths(foreign)
        .forEach((name, spec) -> {
          tenant.applies(referring(team, name, AccountTeam.ACCOUNT, spec));
          tenant.applies(referring(team, name + "-absent", "no-such-account", spec));
        });
    // Then
    paths(foreign)
        .keySet()
        .forEach(name ->
            assertThat(message(tenant, name))
                .isEqualTo(
                    message(tenant, name + "-absent")
                        .replace("no-such-account", AccountTeam.ACCOUNT)));
    tenant.person().deletes("cwi", "deleting");
    tenant.awaitsGone("deleting");
    double listed = operator.metric(LISTED);
    await("the accounts in use are listed twice, with their orphans")
        .atMost(ROUND)
        .until(() -> operator.metric(LISTED) >= listed + 2);
    assertThat(callsOf(cluster, user)).hasSize(calls);
    assertThat(operator.body(OrphanPage.PATH))
        .doesNotContain(tenant.account().ownershipTag("gone"));
    assertNothingLeaks(tenant, operator, client);
  }

  private static final String LISTED = "connectwise_drift_rounds_total{outcome=\"listed\"}";

  private static String account() {
    return """
    apiVersion: cloudelements.io/v1
    kind: CloudElementsAccount
    metadata: {name: %s}
    spec:
      secretRef: {name: acme-admin}
      allowedNamespaces: {from: Names, names: [another]}
      permit: {adoption: Allowed}
    """
        .formatted(AccountTeam.ACCOUNT);
  }

  private static String referring(
      AccountTeam team, String name, String account, List<String> spec) {
    return Tenant.helpDesk(
        name,
        Stream.concat(
                Stream.of(
                    "accountRef: {name: %s, namespace: %s}".formatted(account, team.namespace())),
                spec.stream())
            .toArray(String[]::new));
  }

  /** The time is that of the resource's first sight. */
  private static String message(Tenant tenant, String name) {
    return tenant
        .awaits(name, seen -> seen.condition("Synced").hasReason("WaitingForAccount"))
        .getStatus()
        .conditions()
        .getFirst()
        .getMessage()
        .replaceAll("until .*", "");
  }

  private static List<Call> callsOf(OperatedCluster cluster, User user) {
    return cluster.simulator().journal().calls().stream()
        .filter(call -> call.user().equals(user.toString()))
        .toList();
  }

  private static void assertNothingLeaks(
      Tenant tenant, OperatorProcess operator, KubernetesClient client) {
    assertThat(operator.log()).as("the log is talkative").anyMatch(line -> line.contains("DEBUG"));
    Map<String, String> places =
        Map.of(
            "log", String.join("\n", operator.log()),
            "metrics", operator.body("/metrics"),
            "orphans", operator.body(OrphanPage.PATH),
            "resources", tenant.person().gets("cwi", "-o", "yaml", "--show-managed-fields"),
            "events", tenant.person().gets("events.events.k8s.io", "-o", "yaml"),
            "secrets", client.secrets().inNamespace(tenant.name()).list().getItems().toString());
    places.forEach((place, text) ->
        Stream.of(USER_SECRET, ORGANIZATION_SECRET)
            .flatMap(ConsentPathsIT::spellings)
            .forEach(secret -> assertThat(text.contains(secret)).as(place).isFalse()));
  }

  /** In clear, in hexadecimal digits, and what of it Base64 has at each offset. */
  private static Stream<String> spellings(String secret) {
    return Stream.concat(
        Stream.of(secret, HexFormat.of().formatHex(secret.getBytes(UTF_8))),
        IntStream.range(0, 3)
            .mapToObj(offset -> {
              byte[] padded = new byte[offset + secret.length()];
              System.arraycopy(secret.getBytes(UTF_8), 0, padded, offset, secret.length());
              String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
              return encoded.substring((offset * 8 + 5) / 6, padded.length * 8 / 6);
            }));
  }
}
