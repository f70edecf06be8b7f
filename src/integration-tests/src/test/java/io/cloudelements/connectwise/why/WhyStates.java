package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.connectwise.operator.TenantAccount;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Instance;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Resources in as many states as there are reasons: all of them are applied at once, each with an
 * account of its own, so that none waits for another one's trouble.
 */
final class WhyStates {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Tenant tenant;
  private final Map<String, TenantAccount> accounts = new HashMap<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private final StringBuilder manifests = new StringBuilder();

  WhyStates(Tenant tenant) {
    this.tenant = tenant;
  }

  /** The names of all resources. */
  Set<String> names() {
    return expected.keySet();
  }

  TenantAccount account(String name) {
    return accounts.computeIfAbsent(name, key -> tenant.opensAccount("-" + key));
  }

  /** A resource with complete Secrets, and some lines of spec. */
  WhyStates state(String name, String reason, String... spec) {
    return state(name, reason, _ -> {}, spec);
  }

  /** The same with a difference in its Secret. */
  WhyStates state(
      String name, String reason, Consumer<Map<String, String>> difference, String... spec) {
    Map<String, String> keys = account(name).credentials();
    difference.accept(keys);
    secret(name + "-connectwise", keys);
    return bare(name, reason, spec);
  }

  /** A Secret beside them. */
  WhyStates secret(String name, Map<String, String> keys) {
    manifests.append(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData:\n".formatted(name));
    keys.forEach((key, value) -> manifests.append("  %s: \"%s\"\n".formatted(key, value)));
    manifests.append("---\n");
    return this;
  }

  /** The same while the account's calls fail. */
  WhyStates failing(String name, String reason, Fault fault) {
    account(name).faultsOn().inject(fault);
    return state(name, reason);
  }

  /** A resource without its Secret. */
  WhyStates bare(String name, String reason, String... spec) {
    expected.put(name, reason);
    describe(name, name, spec);
    return this;
  }

  /** A resource with the Secret of a state's, in the same account; it is no state itself. */
  WhyStates beside(String state, String name) {
    describe(name, state);
    return this;
  }

  private void describe(String name, String secretOf, String... spec) {
    manifests
        .append(
            """
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata: {name: %s}
            spec:
              hub: helpdesk
              credentialsSecretRef: {name: %s-connectwise}
            """
                .formatted(name, secretOf))
        .append(List.of(spec).stream().map("  %s\n"::formatted).collect(Collectors.joining()))
        .append("---\n");
  }

  /** An instance in a state's account that a person made. */
  Instance madeByHand(String name, String element, String tag) {
    return account(name).makesByHand(element, "By hand", Set.of(tag), Map.of());
  }

  /** From now on a resource is expected to be so. */
  void becomes(String name, String reason) {
    expected.put(name, reason);
  }

  /** Applies what was described since the last time, and waits until each has its reason. */
  void apply() {
    if (!manifests.isEmpty()) {
      tenant.applies(manifests.toString());
      manifests.setLength(0);
    }
    awaits(expected, LIMIT);
  }

  /** Waits until these resources have these reasons. */
  void awaits(Map<String, String> wanted, Duration limit) {
    await("every state")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(reasons()).containsAllEntriesOf(wanted));
  }

  private Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    tenant
        .resources()
        .forEach(resource ->
            StatusReader.status(resource).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals("Synced"))
                .forEach(condition ->
                    reasons.put(resource.getMetadata().getName(), condition.getReason())));
    return reasons;
  }
}
