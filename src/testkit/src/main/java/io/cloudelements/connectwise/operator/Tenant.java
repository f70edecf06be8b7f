package io.cloudelements.connectwise.operator;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A test's own corner of the world: a namespace, an account at the platform and a login at
 * ConnectWise; a person with kubectl who works there, and the means to see what the operator made
 * of it.
 */
public final class Tenant {
  /** The name of the Secret that {@link #appliesCredentials} writes. */
  static final String CREDENTIALS = "acme-credentials";

  static final String PASSWORD = TenantAccount.PASSWORD;

  private static final String CLUSTER_NAME = "test";
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(25);

  private final ClusterUser person;
  private final KubernetesClient client;
  private final String name;
  private OperatedCluster cluster;
  private TenantAccount account;
  private int requests;

  Tenant(ClusterUser person, TestNamespace namespace, KubernetesClient client) {
    this.person = person;
    this.client = client;
    this.name = namespace.name();
  }

  /** Opens the accounts. */
  Tenant in(OperatedCluster operated) {
    cluster = operated;
    cluster.admit(name);
    account = TenantAccount.open(cluster.simulator(), name);
    return this;
  }

  /** Everything is as it was before; what was applied is deleted, by the operator as usual. */
  void leaves() {
    account.settles();
    client.resources(ConnectWiseInstance.class).inNamespace(name).delete();
  }

  // the person with kubectl

  /** The namespace; also the company at ConnectWise. */
  String name() {
    return name;
  }

  ClusterUser person() {
    return person;
  }

  /** A help desk with some more lines of spec. */
  static String helpDesk(String resource, String... spec) {
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

  void applies(String manifest) {
    person.applies(manifest);
  }

  /** All keys with the values that account and ConnectWise accept. */
  Map<String, String> credentials() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("userSecret", account.secret());
    keys.put("organizationSecret", account.organizationSecret());
    keys.put("username", "api1");
    keys.put("password", PASSWORD);
    keys.put("serverUrl", "https://connectwise.example.com");
    keys.put("company", name);
    return keys;
  }

  void appliesCredentials() {
    appliesSecret(CREDENTIALS, credentials());
  }

  /** The six keys in one Secret, with a difference. */
  void appliesCredentials(Consumer<Map<String, String>> difference) {
    Map<String, String> keys = credentials();
    difference.accept(keys);
    appliesSecret(CREDENTIALS, keys);
  }

  void appliesSecret(String secret, Map<String, String> keys) {
    applies(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData:\n".formatted(secret)
            + keys.entrySet().stream()
                .map(key -> "  %s: \"%s\"\n".formatted(key.getKey(), key.getValue()))
                .collect(Collectors.joining()));
  }

  /** {@code kubectl patch} of some keys, the others stay. */
  void edits(String secret, Map<String, String> keys) {
    String pairs =
        keys.entrySet().stream()
            .map(key -> "\"%s\":\"%s\"".formatted(key.getKey(), key.getValue()))
            .collect(Collectors.joining(","));
    person.runs(
        "patch", "secret", secret, "--type=merge", "-p", "{\"stringData\":{" + pairs + "}}");
  }

  /** {@code kubectl patch} of the spec; null takes a field away. */
  void changes(String resource, String spec) {
    person.runs("patch", "cwi", resource, "--type=merge", "-p", "{\"spec\":" + spec + "}");
  }

  void annotates(String resource, String annotation) {
    person.runs("annotate", "cwi", resource, annotation, "--overwrite");
  }

  /**
   * Asks for a reconcile and waits until one has ended: a drift check now, and proof that nothing
   * from before is still to come.
   */
  void requestsReconcile(String resource) {
    String request = name + "-" + ++requests;
    annotates(resource, "cloudelements.io/reconcile-requested-at=" + request);
    await("the requested pass over " + resource)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() ->
            find(resource)
                .map(found -> found.getStatus())
                .filter(status -> request.equals(status.lastHandledReconcileAt()))
                .isPresent());
  }

  // the outside world

  TenantAccount account() {
    return account;
  }

  String baseUrl() {
    return cluster.baseUrl();
  }

  // what became of it

  Optional<ConnectWiseInstance> find(String resource) {
    return Optional.ofNullable(
        client.resources(ConnectWiseInstance.class).inNamespace(name).withName(resource).get());
  }

  /** Waits until all of it holds; messages must be fit to be read by anybody. */
  ConnectWiseInstance awaits(String resource, Consumer<ResourceAssert> expectation) {
    await(resource)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .untilAsserted(() -> {
          ResourceAssert found = ResourceAssert.assertThat(find(resource).orElse(null));
          expectation.accept(found);
        });
    ConnectWiseInstance seen = find(resource).orElseThrow();
    ResourceAssert.assertThat(seen).speaksPlainly().revealsNoneOf(secrets());
    return seen;
  }

  ConnectWiseInstance awaitsReady(String resource) {
    return awaits(resource, ResourceAssert::isReady);
  }

  void awaitsGone(String resource) {
    await(resource + " is gone")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> find(resource).isEmpty());
  }

  /** Waits for something else. */
  void awaits(String what, Runnable assertion) {
    await(what).atMost(LIMIT).pollInterval(POLL).untilAsserted(assertion::run);
  }

  /** The Secret's values; empty when there is none. */
  Optional<Map<String, String>> secret(String secret) {
    return Optional.ofNullable(client.secrets().inNamespace(name).withName(secret).get())
        .map(found ->
            found.getData().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> decoded(entry.getValue()))));
  }

  /** The token that applications read. */
  String deliveredToken(String secret) {
    return secret(secret).orElseThrow().get("token");
  }

  /** What the operator wrote here, as {@code patch connectwiseinstances/acme/status 200}. */
  List<String> writes() {
    return cluster.audit().writesIn(name);
  }

  /** Events about a resource, as {@code Normal Provisioned}. */
  List<String> events(String resource) {
    return client.events().v1().events().inNamespace(name).list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(resource))
        .map(event -> event.getType() + " " + event.getReason())
        .toList();
  }

  /** What the operator has logged, about others too. */
  List<String> operatorLog() {
    return cluster.operator().log();
  }

  /** The tag by which the operator knows a resource of this namespace. */
  String ownershipTag(String resource) {
    return ownershipTag(CLUSTER_NAME, resource);
  }

  String ownershipTag(String clusterName, String resource) {
    return OwnershipTag.of(clusterName, new ResourceId(name, resource)).value();
  }

  private List<String> secrets() {
    return List.of(account.secret(), account.organizationSecret(), PASSWORD);
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
