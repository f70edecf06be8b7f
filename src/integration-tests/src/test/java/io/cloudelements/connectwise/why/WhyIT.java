package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.connectwise.operator.TenantAccount;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What {@code why} shows of resources in every state that an operator and a service can make. Two
 * minutes after the begin some states are others, so the order matters.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhyIT {
  private static final int LAST = Integer.MAX_VALUE;

  private static WhyCluster why;
  private static WhyStates states;

  @BeforeAll
  static void start() {
    why = WhyCluster.start();
    states = new WhyStates(why.tenant);
    new WhyScenario(why, states).play();
  }

  @AfterAll
  static void stop() {
    why.close();
  }

  /** One screen for each state, which no later version may change unseen. */
  @Test
  @Order(1)
  void everyStateHasItsScreen() {
    // Given
    Map<String, CommandRun> runs = new LinkedHashMap<>();
    // When
    states.names().forEach(name -> runs.put(name, why.why(name)));
    // Then
    Map<String, String> screens = new TreeMap<>();
    runs.forEach((name, run) -> screens.put(name, WhyScreens.of(why).kept(run, name)));
    WhyScreens.assertKept(screens);
    assertThat(screens).hasSizeGreaterThanOrEqualTo(45);
  }

  /** A missing right hides one link, not the chain; the leader's queue is shown. */
  @Test
  @Order(2)
  void otherViewsHaveTheirScreens() {
    // Given
    String url = "--operator-url=http://localhost:" + why.operator.port();
    why.applyElsewhere("not-served");
    why.usedByPods("used", states.account("used"));
    Map<String, String> screens = new TreeMap<>();
    // When
    keep(
        screens, "not-served", why.why("not-served", "-n", "elsewhere"), "not-served -n elsewhere");
    keep(screens, "no-resource", why.why("not-there-at-all"), "not-there-at-all");
    keep(screens, "used", why.why("used"), "used");
    keep(screens, "outsider-ready", why.whyAsOutsider("ready"), "ready");
    keep(
        screens,
        "outsider-account",
        why.whyAsOutsider("account-not-allowed"),
        "account-not-allowed");
    keep(screens, "outsider-lacks-keys", why.whyAsOutsider("lacks-keys"), "lacks-keys");
    keep(screens, "operator-ready", why.why("ready", url), "ready " + url);
    keep(screens, "operator-retry-after", why.why("held-back", url), "held-back " + url);
    keep(screens, "form-json", why.why("name-taken", "-o", "json"), "name-taken -o json");
    keep(screens, "form-yaml", why.why("name-taken", "-o", "yaml"), "name-taken -o yaml");
    keep(screens, "form-next-check", why.why("held-back", "-o", "json"), "held-back -o json");
    // Then
    WhyScreens.assertKept(screens);
  }

  /** The owner of a shared account is in another namespace, of which a member may read nothing. */
  @Test
  @Order(3)
  void aMemberSeesWhomToAskAboutASharedAccount() {
    // Given
    Map<String, String> screens = new TreeMap<>();
    // When
    for (String name :
        List.of("shared-account-rejected", "account-suspended", "account-refused", "quota")) {
      keep(screens, "member-" + name, why.whyAsMember(name), name);
    }
    // Then
    WhyScreens.assertKept(screens);
    assertThat(screens.get("member-shared-account-rejected"))
        .contains("kubectl -n team-platform describe cea revocable");
  }

  /** A Secret that is missing for two minutes is reported by the reason. */
  @Test
  @Order(LAST)
  void aMissingPrerequisiteHasAReasonOfItsOwn() {
    // Given
    states.awaits(
        Map.of(
            "without-secret", "SecretNotFound",
            "lacks-keys", "MissingEntries",
            "account-absent", "AccountNotUsable",
            "account-not-ready", "AccountNotReady",
            "account-refused", "AccountNotReady"),
        Duration.ofMinutes(3));
    Map<String, String> screens = new TreeMap<>();
    // When
    keep(screens, "secret-not-found", why.why("without-secret"), "without-secret");
    keep(screens, "missing-entries", why.why("lacks-keys"), "lacks-keys");
    keep(screens, "account-not-usable", why.why("account-absent"), "account-absent");
    keep(screens, "account-stays-not-ready", why.why("account-not-ready"), "account-not-ready");
    keep(screens, "outsider-missing-entries", why.whyAsOutsider("lacks-keys"), "lacks-keys");
    keep(
        screens,
        "member-account-stays-refused",
        why.whyAsMember("account-refused"),
        "account-refused");
    // Then
    WhyScreens.assertKept(screens);
  }

  /** A status from before the last change says nothing about the new spec. */
  @Test
  void aStatusOfAnOlderGenerationIsNoAnswer() {
    // Given
    Map<String, String> screens = new TreeMap<>();
    why.operator.pause();
    try {
      why.tenant.changes("first-of-quota", "{\"name\":\"Renamed\"}");
      // When
      keep(screens, "not-observed", why.why("first-of-quota"), "first-of-quota");
    } finally {
      why.operator.resume();
    }
    // Then
    WhyScreens.assertKept(screens);
  }

  /** The person waits for a resource whose Secret comes later, and sees how it goes on. */
  @Test
  void watchFollowsUntilReady() throws Exception {
    // Given
    WhyStates late = new WhyStates(why.tenant);
    late.bare("late", "WaitingForSecret").apply();
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      Future<CommandRun> watching = background.submit(() -> why.why("late", "--watch"));
      // When
      why.tenant.appliesSecret("late-connectwise", late.account("late").credentials());
      CommandRun run = watching.get(60, TimeUnit.SECONDS);
      // Then
      assertThat(run.output()).contains("ConnectWiseInstance team/late: ready\n");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void watchEndsWithTheCauseOfAStalledResource() {
    // Given // When
    CommandRun run = why.why("wrong-password", "--watch", "--timeout=60s");
    // Then
    assertThat(run.output()).containsOnlyOnce("\nProviderRejected: ");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  /** A wrong password, a revoked user and a taken name: the command that is shown mends each. */
  @Test
  void aNewcomerMendsThreeProblemsByTheShownCommands() {
    // Given
    WhyStates newcomer = new WhyStates(why.tenant);
    newcomer
        .state("typo", "ProviderRejected", keys -> keys.put("password", "canary-typo"))
        .secret("collision-token", Map.of("password", "canary-of-another-application"))
        .state("collision", "SecretConflict")
        .state("dismissed", "Available")
        .apply();
    TenantAccount former = newcomer.account("dismissed");
    former.outsideWorld().revokeUser(former.secret());
    why.tenant.requestsReconcile("dismissed");
    newcomer.becomes("dismissed", "AccountRejected");
    newcomer.apply();
    former.outsideWorld().resetUserSecret(former.secret(), "canary-new-secret");
    former.outsideWorld().restoreUser("canary-new-secret");
    Map<String, String> known = new HashMap<>(former.credentials());
    known.put("userSecret", "canary-new-secret");
    // When
    for (String name : List.of("typo", "collision", "dismissed")) {
      why.runs(why.commandOf(name), known);
    }
    // Then
    why.tenant.awaitsReady(List.of("typo", "collision", "dismissed"), Duration.ofSeconds(60));
    assertThat(why.why("collision").exitCode()).isZero();
    assertThat(why.tenant.secret("collision-token"))
        .as("of another application")
        .contains(Map.of("password", "canary-of-another-application"));
  }

  /** Each link costs one read, however it is found. */
  @Test
  void readsTheClusterFiveTimesAtMost() {
    // Given
    int before = why.readsOf("developer").size();
    // When
    why.why("shared-account");
    // Then
    why.tenant.awaits(
        "the audit log",
        () ->
            assertThat(why.readsOf("developer").stream().skip(before))
                .containsExactly(
                    "get connectwiseinstances shared-account",
                    "get cloudelementsaccounts verified",
                    "get secrets shared-account-connectwise",
                    "get secrets shared-account-token",
                    "list pods"));
  }

  private static void keep(
      Map<String, String> screens, String name, CommandRun run, String arguments) {
    assertThat(states.names()).as("screens of states").doesNotContain(name);
    screens.put(name, WhyScreens.of(why).kept(run, arguments));
  }
}
