package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Behaviour.UnknownEntries;
import io.cloudelements.simulator.model.Instance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Canary secrets through every failure of the service, at the most talkative log level: they reach
 * the wire and the generated Secret, and no other output.
 */
@RealOperator(OperatorScope.MANUAL)
class RedactionIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  private final List<Victim> victims = new ArrayList<>();
  private final List<FaultRule> rules = new ArrayList<>();

  /** A leaked secret cannot be recalled. */
  @Test
  void leaksNoSecret(Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    SecretQuotingFaults.all().forEach((name, fault) -> add(Victim.LifeStage.CREATE, name, fault));
    for (Victim.LifeStage stage : Victim.LifeStage.values()) {
      if (stage != Victim.LifeStage.CREATE) {
        SecretQuotingFaults.echoes().forEach((name, fault) -> add(stage, name, fault));
      }
    }
    Simulator simulator = cluster.simulator();
    try (OperatorProcess operator =
        cluster.start(
            Map.of(
                "WATCH_NAMESPACES", tenant.name(),
                "PROVISION_TIMEOUT", "10s",
                "LOG_LEVEL", "trace"))) {
      // an answer that masks nothing is an echo too
      simulator
          .platform()
          .behave(behaviour ->
              behaviour.with(b -> {
                b.masked = Set.of();
                b.unknownEntries = UnknownEntries.ECHOED;
              }));
      tenant.account().outsideWorld().acceptEveryLogin();
      victims.forEach(victim -> addUser(simulator, victim));
      // When
      beforeInstances(simulator, tenant);
      afterInstances(simulator, tenant, client);
      await("every fault has struck, and is reported")
          .atMost(SOON)
          .untilAsserted(() -> {
            assertThat(rules).filteredOn(rule -> rule.fired() == 0).isEmpty();
            assertThat(unreported(tenant)).isEmpty();
          });
      // Then
      assertNothingLeaks(operator, simulator, tenant, client);
    }
  }

  private void add(Victim.LifeStage stage, String fault, Function<Canaries, Fault> inflicted) {
    String name = (stage + "-" + fault).toLowerCase(Locale.ROOT);
    Canaries canaries = new Canaries("%03d".formatted(victims.size()));
    victims.add(new Victim(name, stage, canaries, inflicted));
  }

  private static void addUser(Simulator simulator, Victim victim) {
    simulator
        .platform()
        .outsideWorld()
        .addUser(victim.canaries().user(), victim.canaries().organization());
  }

  private void beforeInstances(Simulator simulator, Tenant tenant) {
    victims.stream()
        .filter(victim -> !victim.stage().needsInstance())
        .forEach(victim -> {
          String tag = victim.tag(tenant.name());
          inject(
              simulator,
              victim,
              victim.canaries(),
              request ->
                  request.parameters("tags[]").contains(tag) || request.body().contains(tag));
        });
    tenant.applies(victims.stream().map(Victim::manifest).collect(Collectors.joining("---\n")));
    tenant.applies(unusable());
  }

  private void afterInstances(Simulator simulator, Tenant tenant, KubernetesClient client) {
    List<Victim> living =
        victims.stream().filter(victim -> victim.stage().needsInstance()).toList();
    tenant.awaitsReady(living.stream().map(Victim::name).toList(), SOON);
    living.parallelStream()
        .forEach(victim -> {
          Instance instance = only(simulator, victim.tag(tenant.name()));
          inject(
              simulator,
              victim,
              victim.canaries().with(instance.token()),
              request -> request.path().endsWith("/" + instance.id()));
        });
    living.parallelStream().forEach(victim -> provoke(client, tenant, victim));
  }

  private static void provoke(KubernetesClient client, Tenant tenant, Victim victim) {
    var resource =
        client
            .resources(ConnectWiseInstance.class)
            .inNamespace(tenant.name())
            .withName(victim.name());
    if (victim.stage() == Victim.LifeStage.DELETE) {
      resource.delete();
    } else {
      resource.patch(PatchContext.of(PatchType.JSON_MERGE), victim.stage().change());
    }
  }

  private void inject(
      Simulator simulator, Victim victim, Canaries canaries, Predicate<ApiRequest> about) {
    FaultRule rule =
        simulator
            .faults()
            .on(victim.stage().route())
            .matching(about)
            .nth(1)
            .inject(victim.fault().apply(canaries));
    synchronized (rules) {
      rules.add(rule);
    }
  }

  private List<String> unreported(Tenant tenant) {
    return tenant.resources().stream()
        .filter(resource ->
            resource.getStatus() == null
                || resource.getStatus().conditions().stream()
                    .anyMatch(c -> c.getReason().equals("Provisioning")))
        .map(resource -> resource.getMetadata().getName())
        .toList();
  }

  private void assertNothingLeaks(
      OperatorProcess operator, Simulator simulator, Tenant tenant, KubernetesClient client) {
    List<String> tokens = simulator.platform().everCreated().stream().map(Instance::token).toList();
    String resources = tenant.person().gets("cwi", "-o", "yaml", "--show-managed-fields");
    assertThat(resources).as("echoes were shown, and masked").contains("********");
    assertThat(operator.log()).as("the log is talkative").anyMatch(line -> line.contains("DEBUG"));
    assertThat(Canaries.leaks(String.join("\n", operator.log()), tokens)).as("log").isEmpty();
    assertThat(Canaries.leaks(resources, tokens)).as("resources").isEmpty();
    assertThat(Canaries.leaks(tenant.person().gets("events.events.k8s.io", "-o", "yaml"), tokens))
        .as("events")
        .isEmpty();
    assertThat(Canaries.leaks(operator.body("/metrics"), tokens)).as("metrics").isEmpty();
    assertThat(generated(client, tenant))
        .isNotEmpty()
        .allSatisfy(secret -> {
          assertThat(tokens).contains(decoded(secret, "token"));
          secret.getData().remove("token");
          assertThat(Canaries.leaks(decoded(secret, Victim.TEMPLATE_KEY), tokens)).isNotEmpty();
          secret.getData().remove(Victim.TEMPLATE_KEY);
          assertThat(Canaries.leaks(decoded(secret), tokens)).as("the rest of it").isEmpty();
        });
  }

  private static List<Secret> generated(KubernetesClient client, Tenant tenant) {
    return client.secrets().inNamespace(tenant.name()).list().getItems().stream()
        .filter(secret -> secret.getMetadata().getName().endsWith("-token"))
        .toList();
  }

  private static String decoded(Secret secret) {
    return secret.getMetadata()
        + secret.getData().keySet().stream()
            .map(key -> decoded(secret, key))
            .collect(Collectors.joining("\n"));
  }

  private static String decoded(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  private static Instance only(Simulator simulator, String tag) {
    return simulator.platform().liveTagged(tag).getFirst();
  }

  /** Secrets that are not even sent. */
  private static String unusable() {
    Canaries canaries = new Canaries("999");
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: unusable}
    stringData:
      userSecret: "%1$s\\n"
      organisationSecret: %2$s
      password: " %3$s"
    ---
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: unusable}
    spec:
      hub: crm
      credentialsSecretRef: {name: unusable}
    """
        .formatted(canaries.user(), canaries.organization(), canaries.organization());
  }
}
