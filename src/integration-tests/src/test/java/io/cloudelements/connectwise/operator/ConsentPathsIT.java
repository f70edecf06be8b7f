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
  private static final String ABSENT = "no-such-account";
  private static final Duration ROUND = Duration.ofMinutes(4);

  /** The spec of each path. */
  private static Map<String, String[]> paths(long foreign) {
    Map<String, String[]> paths = new LinkedHashMap<>();
    paths.put("creating", new String[0]);
    paths.put("adopting", new String[] {"adoptInstanceId: " + foreign});
    paths.put(
        "observing", new String[] {"managementPolicy: Observe", "adoptInstanceId: " + foreign});
    paths.put("planning", new String[] {"managementPolicy: Plan"});
    paths.put("deleting", new String[0]);
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
    AccountOwner owner = AccountOwner.of(tenant, client);
    owner.appliesSecret(AccountOwner.SECRET, USER_SECRET, ORGANIZATION_SECRET);
    owner.appliesAccount(
        "allowedNamespaces: {from: Names, names: [another]}\n  permit: {adoption: Allowed}");
    owner.awaitsReason("Verified");
    tenant.provisions("witness");
    int calls = callsOf(cluster, user).size();
    // When
    paths(foreign)
        .forEach((name, spec) -> {
          tenant.applies(owner.helpDesk(name, spec));
          tenant.applies(
              owner.helpDesk(name + "-absent", spec).replace(AccountOwner.ACCOUNT, ABSENT));
        });
    // Then
    paths(foreign)
        .keySet()
        .forEach(name ->
            assertThat(message(tenant, name))
                .isEqualTo(
                    message(tenant, name + "-absent").replace(ABSENT, AccountOwner.ACCOUNT)));
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
