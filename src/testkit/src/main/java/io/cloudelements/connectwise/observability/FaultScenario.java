package io.cloudelements.connectwise.observability;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.User;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Resources with an account each, and what goes wrong with each of them. */
final class TroubledFleet {
  /** Begins every secret. */
  static final String CANARY = "canary-";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final List<String> HEALTHY =
      List.of("calm", "dead", "storm", "failing", "twin", "drifted", "gone", "leaving");

  private final ClusterUser person;
  private final KubernetesClient client;
  private final SimulatorServer simulator;
  private final Map<String, User> accounts = new HashMap<>();
  private final AtomicInteger requests = new AtomicInteger();

  TroubledFleet(ClusterUser person, KubernetesClient client, SimulatorServer simulator) {
    this.person = person;
    this.client = client;
    this.simulator = simulator;
  }

  /** Everybody is ready but two whose Secrets are not as they should be. */
  void settlesIn() {
    person.runs("create", "secret", "generic", "foreign-token", "--from-literal=mine=true");
    for (String name : HEALTHY) {
      provides(name, CANARY + "password");
    }
    provides("foreign", CANARY + "password");
    provides("incomplete", " " + CANARY + "password");
    HEALTHY.forEach(name -> awaits(name, "Available"));
    awaits("foreign", "SecretConflict");
    awaits("incomplete", "MalformedEntries");
  }

  /** What happens once, and stays so. */
  void meetsTrouble() {
    Instance twin = instance("twin");
    outsideWorld()
        .createByHand(
            accounts.get("twin"),
            twin.elementKey(),
            twin.name(),
            twin.tags(),
            twin.configuration());
    passes("twin");

    outsideWorld().rename(instance("drifted").id(), "Renamed at the console");
    passes("drifted");
    person.deletes("secret", "drifted-token");
    await("the token Secret is back")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() ->
            client.secrets().inNamespace(namespace()).withName("drifted-token").get() != null);

    outsideWorld().deleteBehindBack(instance("gone").id());
    passes("gone");
    awaits("gone", "RecreationHeld");

    outsideWorld().revokeUser(secret("dead"));
    passes("dead");
    awaits("dead", "AccountRejected");

    outsideWorld().revokeUser(secret("leaving"));
    person.deletes("cwi", "leaving");
    awaits("leaving", "DeletionBlocked");

    breaks("storm", 429);
    breaks("failing", 500);
  }

  /** Asks for another reconcile of those whose calls fail. */
  void goesOn() {
    asks("storm");
    asks("failing");
  }

  /** Everything is put right, by whom it concerns. */
  void heals() {
    simulator.simulator().faults().clear();
    outsideWorld().restoreUser(secret("dead"));
    outsideWorld().restoreUser(secret("leaving"));
    List<Instance> twins = instances("twin");
    outsideWorld().deleteBehindBack(twins.getLast().id());
    person.deletes("secret", "foreign-token");
    String lost = person.runs("get", "cwi", "gone", "-o", "jsonpath={.status.instanceId}");
    person.runs("annotate", "cwi", "gone", "cloudelements.io/confirm-recreate=" + lost);
    appliesCredentials("incomplete", CANARY + "password");
    for (String name : List.of("dead", "storm", "failing", "twin", "foreign")) {
      asks(name);
    }
    for (String name :
        List.of("dead", "storm", "failing", "twin", "foreign", "gone", "incomplete")) {
      awaits(name, "Available");
    }
    person.runs("annotate", "cwi", "leaving", "cloudelements.io/reconcile-requested-at=healed");
    await("leaving is gone")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> find("leaving").isEmpty());
  }

  /** Nothing of it stays, as long as the operator and the service are there. */
  void leaves() {
    simulator.simulator().faults().clear();
    accounts.values().forEach(user -> outsideWorld().restoreUser(user.secret()));
    client.resources(ConnectWiseInstance.class).inNamespace(namespace()).delete();
    await("all are gone")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() ->
            client
                .resources(ConnectWiseInstance.class)
                .inNamespace(namespace())
                .list()
                .getItems()
                .isEmpty());
  }

  private void provides(String name, String password) {
    accounts.put(name, outsideWorld().addUser(CANARY + "user-" + name, CANARY + "organization"));
    appliesCredentials(name, password);
    person.applies(
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: %1$s}
        spec:
          hub: helpdesk
          credentialsSecretRef: {name: %1$s-credentials}
        """
            .formatted(name));
  }

  private void appliesCredentials(String name, String password) {
    person.applies(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s-credentials}
        stringData:
          userSecret: %s
          organizationSecret: %s
          username: api1
          password: "%s"
          serverUrl: https://connectwise.example.com
          company: acme
        """
            .formatted(name, secret(name), CANARY + "organization", password));
  }

  private void breaks(String name, int status) {
    simulator
        .simulator()
        .faults()
        .on()
        .matching(request ->
            request.header("Authorization").filter(all -> all.contains(secret(name))).isPresent())
        .inject(Fault.Status.of(status));
  }

  private void asks(String name) {
    person.runs(
        "annotate",
        "--overwrite",
        "cwi",
        name,
        "cloudelements.io/reconcile-requested-at=" + requests.incrementAndGet());
  }

  private void passes(String name) {
    asks(name);
    String request = Integer.toString(requests.get());
    await("the requested pass over " + name)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() ->
            find(name)
                .map(found -> found.getStatus().lastHandledReconcileAt())
                .filter(request::equals)
                .isPresent());
  }

  private void awaits(String name, String reason) {
    await(name + " says " + reason)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> reason(name).filter(reason::equals).isPresent());
  }

  private Optional<String> reason(String name) {
    return find(name)
        .flatMap(found -> Optional.ofNullable(found.getStatus()))
        .flatMap(status ->
            status.conditions().stream()
                .filter(condition -> condition.getType().equals("Synced"))
                .map(Condition::getReason)
                .findFirst());
  }

  private Optional<ConnectWiseInstance> find(String name) {
    return Optional.ofNullable(
        client.resources(ConnectWiseInstance.class).inNamespace(namespace()).withName(name).get());
  }

  private Instance instance(String name) {
    return instances(name).getFirst();
  }

  private List<Instance> instances(String name) {
    long owner = accounts.get(name).id();
    return simulator.simulator().platform().live().stream()
        .filter(instance -> instance.ownerId() == owner)
        .toList();
  }

  private String secret(String name) {
    return accounts.get(name).secret();
  }

  private String namespace() {
    return person.namespace();
  }

  private OutsideWorld outsideWorld() {
    return simulator.simulator().platform().outsideWorld();
  }
}
