package io.cloudelements.connectwise.operator;

import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Faults;
import io.cloudelements.simulator.model.Behaviour;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A {@link Tenant}'s account at the platform, with its login at ConnectWise: what the outside world
 * does to it, and what is true of it.
 *
 * @param namespace of the tenant; also the company at ConnectWise
 */
public record TenantAccount(Simulator simulator, User user, String namespace) {
  /** Begins each of its secrets. */
  public static final String CANARY = "canary-";

  /** What ConnectWise accepts at first. */
  public static final String PASSWORD = CANARY + "correct-horse";

  private static final String USERNAME = "api1";

  /** As {@link OperatorProcess} names the cluster. */
  private static final String CLUSTER = "test";

  static TenantAccount open(Simulator simulator, String namespace, String suffix) {
    User user =
        simulator
            .platform()
            .outsideWorld()
            .addUser(
                CANARY + "user+" + namespace + suffix + "=", CANARY + "organization-" + namespace);
    TenantAccount account = new TenantAccount(simulator, user, namespace);
    account.changesPasswordAtConnectWise(PASSWORD);
    return account;
  }

  /** All keys of a Secret with the values that account and ConnectWise accept. */
  public Map<String, String> credentials() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("userSecret", secret());
    keys.put("organizationSecret", organizationSecret());
    keys.put("username", USERNAME);
    keys.put("password", PASSWORD);
    keys.put("serverUrl", "https://connectwise.example.com");
    keys.put("company", namespace);
    return keys;
  }

  List<String> secrets() {
    return List.of(secret(), organizationSecret(), PASSWORD);
  }

  public String secret() {
    return user.secret();
  }

  public String organizationSecret() {
    return user.organizationSecret();
  }

  // the outside world

  public OutsideWorld outsideWorld() {
    return simulator.platform().outsideWorld();
  }

  public void changesPasswordAtConnectWise(String password) {
    outsideWorld().acceptLogin(ProviderAccount.of(namespace, USERNAME, password));
  }

  /** The same account from now on; the old secret is dead at once. */
  TenantAccount afterReset() {
    User reset = outsideWorld().resetUserSecret(secret(), CANARY + "reset+" + namespace + "=");
    return new TenantAccount(simulator, reset, namespace);
  }

  /** An instance that a person makes in the console. */
  public Instance makesByHand(
      String element, String name, Set<String> tags, Map<String, String> configuration) {
    return outsideWorld().createByHand(user, element, name, tags, configuration);
  }

  /** Sets switches of the platform until the end of the test. */
  public void platformBehaves(UnaryOperator<Behaviour> change) {
    simulator.platform().behave(change);
  }

  /** Faults of the calls to this account. */
  public Faults.RuleDraft faultsOn(Route... routes) {
    return simulator
        .faults()
        .on(routes)
        .matching(request ->
            request.header("Authorization").filter(all -> all.contains(secret())).isPresent());
  }

  /** A fault of the first call of a route that is about this resource. */
  public Faults.RuleDraft firstFaultOf(String resource, Route route) {
    String tag = ownershipTag(resource);
    return simulator
        .faults()
        .on(route)
        .matching(
            request -> request.parameters("tags[]").contains(tag) || request.body().contains(tag))
        .nth(1);
  }

  /** No fault is left, nothing is in use, and the secrets are good: everything can be deleted. */
  void settles() {
    simulator.faults().clear();
    simulator.platform().behave(_ -> Behaviour.documented());
    outsideWorld().restoreUser(secret());
    instances().forEach(instance -> outsideWorld().release(instance.id()));
  }

  // what is true

  /** The instances, in the order of their ids. */
  public List<Instance> instances() {
    return simulator.platform().live().stream()
        .filter(instance -> instance.ownerId() == user.id())
        .toList();
  }

  /** The only instance. */
  public Instance instance() {
    List<Instance> all = instances();
    if (all.size() != 1) {
      throw new AssertionError("There should be one instance, not " + all);
    }
    return all.getFirst();
  }

  /** An instance, also when it is deleted. */
  public Instance instance(long id) {
    return simulator.platform().instance(id).orElseThrow();
  }

  /** The tag by which the operator knows a resource of the namespace. */
  public String ownershipTag(String resource) {
    return ownershipTag(CLUSTER, resource);
  }

  public String ownershipTag(String clusterName, String resource) {
    return OwnershipTag.of(clusterName, new ResourceId(namespace, resource)).value();
  }

  /** The instances that were ever made for a resource. */
  public List<Instance> everCreatedFor(String resource) {
    return simulator.platform().everCreated().stream()
        .filter(instance -> instance.tags().contains(ownershipTag(resource)))
        .toList();
  }

  /** The calls of a route that are about a resource. */
  public List<Call> callsAbout(String resource, Route route) {
    return simulator.journal().calls(route).stream()
        .filter(call -> isAbout(call, resource))
        .toList();
  }

  public boolean isAbout(Call call, String resource) {
    String tag = ownershipTag(resource);
    return call.query().getOrDefault("tags[]", List.of()).contains(tag)
        || call.body().contains(tag);
  }

  /** All calls, oldest first. */
  public List<Call> calls(Route... routes) {
    List<Call> all =
        routes.length == 0 ? simulator.journal().calls() : simulator.journal().calls(routes);
    return all.stream().filter(call -> call.user().equals(user.toString())).toList();
  }

  /** The routes of all calls, oldest first. */
  public List<Route> routes() {
    return calls().stream().flatMap(call -> call.route().stream()).toList();
  }

  /** Those that change something at the platform. */
  public List<Route> mutations() {
    return routes().stream().filter(route -> !route.method().equals("GET")).toList();
  }

  /** All calls to the platform, of all accounts; those with wrong secrets belong to none. */
  public int callsOfAllAccounts() {
    return simulator.journal().count();
  }

  /** A call's body, secrets in clear. */
  public String body(Call call) {
    return simulator.journal().unmaskedBody(call.number());
  }
}
