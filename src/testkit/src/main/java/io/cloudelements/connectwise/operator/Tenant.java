package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Instance;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Those who work in one namespace: a person with kubectl, an account at the platform with a login
 * at ConnectWise, and the means to see what the operator made of their resources.
 */
public final class Tenant {
  /** The name of the Secret that {@link #appliesCredentials} writes. */
  public static final String CREDENTIALS = "acme-credentials";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(25);

  private final ClusterUser person;
  private final KubernetesClient client;
  private final AuditLog audit;
  private final Simulator simulator;
  private final List<TenantAccount> accounts = new ArrayList<>();
  private final List<String> formerSecrets = new ArrayList<>();
  private int requests;

  private Tenant(ClusterUser person, KubernetesClient client, AuditLog audit, Simulator simulator) {
    this.person = person;
    this.client = client;
    this.audit = audit;
    this.simulator = simulator;
  }

  /** Opens the account. */
  public static Tenant in(
      String namespace, ControlPlane controlPlane, KubernetesClient client, Simulator simulator) {
    Tenant tenant =
        new Tenant(controlPlane.userIn(namespace), client, new AuditLog(controlPlane), simulator);
    tenant.accounts.add(TenantAccount.open(simulator, namespace, ""));
    return tenant;
  }

  /** Everything is as it was before; what was applied is deleted, by the operator as usual. */
  public void leaves() {
    accounts.forEach(TenantAccount::settles);
    client.resources(ConnectWiseInstance.class).inNamespace(name()).delete();
  }

  /** The namespace; also the company at ConnectWise. */
  public String name() {
    return person.namespace();
  }

  public ClusterUser person() {
    return person;
  }

  /** A help desk with some more lines of spec. */
  public static String helpDesk(String resource, String... spec) {
    return """
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %s}
    spec:
      hub: helpdesk
      credentialsSecretRef: {name: %s}
    """
            .formatted(resource, CREDENTIALS)
        + List.of(spec).stream().map("  %s\n"::formatted).collect(Collectors.joining());
  }

  /** So many names that begin so. */
  public static List<String> names(String begin, int count) {
    return IntStream.range(0, count).mapToObj(i -> "%s-%02d".formatted(begin, i)).toList();
  }

  public void applies(String manifest) {
    person.applies(manifest);
  }

  public void appliesCredentials() {
    appliesCredentials(_ -> {});
  }

  /** The six keys in one Secret, with a difference. */
  public void appliesCredentials(Consumer<Map<String, String>> difference) {
    Map<String, String> keys = account().credentials();
    difference.accept(keys);
    appliesSecret(CREDENTIALS, keys);
  }

  public void appliesSecret(String secret, Map<String, String> keys) {
    applies(SecretTexts.manifest(secret, keys));
  }

  /** The credentials and a help desk of each name, by one command. */
  public void appliesHelpDesks(Collection<String> names) {
    applies(
        SecretTexts.manifest(CREDENTIALS, account().credentials())
            + names.stream().map(name -> "---\n" + helpDesk(name)).collect(Collectors.joining()));
  }

  /** Applies credentials and a help desk, and waits until its only instance is ready. */
  public Instance provisions(String resource, String... spec) {
    appliesCredentials();
    applies(helpDesk(resource, spec));
    awaitsReady(resource);
    return account().instance();
  }

  /** {@code kubectl patch} of some keys, the others stay. */
  public void edits(String secret, Map<String, String> keys) {
    String pairs =
        keys.entrySet().stream()
            .map(key -> "\"%s\":\"%s\"".formatted(key.getKey(), key.getValue()))
            .collect(Collectors.joining(","));
    person.patches("secret", secret, "{\"stringData\":{" + pairs + "}}");
  }

  /** {@code kubectl patch} of the spec; null takes a field away. */
  public void changes(String resource, String spec) {
    person.patches("cwi", resource, "{\"spec\":" + spec + "}");
  }

  /** Asks for a reconcile, and returns at once. */
  public String requestsReconcile(String resource) {
    String request = name() + "-" + ++requests;
    person.annotates("cwi", resource, "cloudelements.io/reconcile-requested-at=" + request);
    return request;
  }

  /**
   * Asks for a reconcile and waits until one has ended: a drift check now, and proof that nothing
   * from before is still to come.
   */
  public void awaitsReconcile(String resource) {
    String request = requestsReconcile(resource);
    await("the requested reconcile of " + resource)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() ->
            status(resource)
                .filter(status -> request.equals(status.lastHandledReconcileAt()))
                .isPresent());
  }

  public TenantAccount account() {
    return accounts.getFirst();
  }

  /** Opens another account at the platform, with the same login at ConnectWise. */
  public TenantAccount opensAccount(String suffix) {
    TenantAccount further = TenantAccount.open(simulator, name(), suffix);
    accounts.add(further);
    return further;
  }

  /** Resets the user's secret at the platform; no Secret in the cluster has the new one yet. */
  public void resetsUserSecret() {
    formerSecrets.add(account().secret());
    accounts.set(0, account().afterReset());
  }

  public List<ConnectWiseInstance> resources() {
    return client.resources(ConnectWiseInstance.class).inNamespace(name()).list().getItems();
  }

  public Optional<ConnectWiseInstance> find(String resource) {
    return Optional.ofNullable(
        client.resources(ConnectWiseInstance.class).inNamespace(name()).withName(resource).get());
  }

  public Optional<ConnectWiseInstanceStatus> status(String resource) {
    return find(resource).map(ConnectWiseInstance::getStatus);
  }

  /** Waits until all of it holds; no message of the resource may hold a secret. */
  public ConnectWiseInstance awaits(String resource, Consumer<ResourceAssert> expectation) {
    awaits(
        resource, () -> expectation.accept(ResourceAssert.assertThat(find(resource).orElse(null))));
    ConnectWiseInstance seen = find(resource).orElseThrow();
    List<String> secrets = new ArrayList<>(formerSecrets);
    accounts.forEach(account -> secrets.addAll(account.secrets()));
    ResourceAssert.assertThat(seen).hasReadableMessage().containsNoneOf(secrets);
    return seen;
  }

  public ConnectWiseInstance awaitsReady(String resource) {
    return awaits(resource, ResourceAssert::isReady);
  }

  /** Waits until all of them are ready, with one list a look. */
  public void awaitsReady(Collection<String> resources, Duration limit) {
    await("all of " + resources.size() + " are ready")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(notReady(resources)).isEmpty());
  }

  /**
   * Waits until the whole promise holds for all of them: a resource that has just lost its state
   * may still seem ready.
   */
  public void awaitsDelivered(Collection<String> resources, Duration limit) {
    await("all of " + resources.size() + " are delivered")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> {
          assertThat(notReady(resources)).isEmpty();
          resources.forEach(this::assertDelivered);
        });
  }

  public void awaitsGone(String resource) {
    awaits(resource + " is gone", () -> assertThat(find(resource)).isEmpty());
  }

  public void awaits(String what, Runnable assertion) {
    await(what).atMost(LIMIT).pollInterval(POLL).untilAsserted(assertion::run);
  }

  /** Ready, one instance and never another one, and its token is in the Secret. */
  public void assertDelivered(String resource) {
    List<Instance> created = account().everCreatedFor(resource);
    assertThat(created).as("instances ever made for " + resource).hasSize(1);
    Instance instance = created.getFirst();
    assertThat(instance.isLive()).isTrue();
    ResourceAssert.assertThat(find(resource).orElse(null)).isServedBy(instance.id());
    assertThat(secret(resource + "-token"))
        .hasValueSatisfying(values ->
            assertThat(values)
                .containsEntry("token", instance.token())
                .containsEntry("instance-id", Long.toString(instance.id())));
  }

  public static boolean isReady(ConnectWiseInstance resource) {
    return resource.getStatus() != null
        && resource.getStatus().conditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private List<String> notReady(Collection<String> names) {
    List<String> ready =
        resources().stream()
            .filter(Tenant::isReady)
            .map(resource -> resource.getMetadata().getName())
            .toList();
    return names.stream().filter(name -> !ready.contains(name)).toList();
  }

  /** The Secret's values; empty when there is none. */
  public Optional<Map<String, String>> secret(String secret) {
    return Optional.ofNullable(client.secrets().inNamespace(name()).withName(secret).get())
        .map(found ->
            found.getData().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, entry -> SecretTexts.decoded(entry.getValue()))));
  }

  public String deliveredToken(String secret) {
    return secret(secret).orElseThrow().get("token");
  }

  /** What the operator wrote here, as {@code patch connectwiseinstances/acme/status 200}. */
  public List<String> writes() {
    return audit.writesIn(name());
  }

  /** Waits for these: a resource is Ready before its event is written. */
  public void awaitsWritesOfCreations(int count) {
    awaits("the writes of creations", () -> assertThat(writes()).hasSize(5 * count));
  }

  /** Events about a resource, as {@code Normal Provisioned}. */
  public List<String> events(String resource) {
    return client.events().v1().events().inNamespace(name()).list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(resource))
        .map(event -> event.getType() + " " + event.getReason())
        .toList();
  }
}
