package io.cloudelements.connectwise.operator;

import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Faults;
import io.cloudelements.simulator.model.Behaviour;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A {@link Tenant}'s account at the platform, with its login at ConnectWise: what the outside world
 * does to it, and what is true of it.
 *
 * @param company at ConnectWise
 */
record TenantAccount(Simulator simulator, User user, String company) {
  /** What ConnectWise accepts at first. */
  static final String PASSWORD = "correct-horse";

  private static final String USERNAME = "api1";

  static TenantAccount open(Simulator simulator, String company) {
    User user =
        simulator
            .platform()
            .outsideWorld()
            .addUser("user+" + company + "=", "organization-" + company);
    TenantAccount account = new TenantAccount(simulator, user, company);
    account.changesPasswordAtConnectWise(PASSWORD);
    return account;
  }

  String secret() {
    return user.secret();
  }

  String organizationSecret() {
    return user.organizationSecret();
  }

  // the outside world

  OutsideWorld outsideWorld() {
    return simulator.platform().outsideWorld();
  }

  void changesPasswordAtConnectWise(String password) {
    outsideWorld().acceptLogin(ProviderAccount.of(company, USERNAME, password));
  }

  /** An instance that a person makes in the console. */
  Instance makesByHand(
      String element, String name, Set<String> tags, Map<String, String> configuration) {
    return outsideWorld().createByHand(user, element, name, tags, configuration);
  }

  /** Sets switches of the platform until the end of the test. */
  void platformBehaves(UnaryOperator<Behaviour> change) {
    simulator.platform().behave(change);
  }

  /** Faults of the calls to this account. */
  Faults.Draft faultsOn(Route... routes) {
    return faultsOf(secret(), routes);
  }

  /** Faults of the calls with that user secret. */
  Faults.Draft faultsOf(String userSecret, Route... routes) {
    return simulator
        .faults()
        .on(routes)
        .matching(request ->
            request.header("Authorization").filter(all -> all.contains(userSecret)).isPresent());
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
  List<Instance> instances() {
    return simulator.platform().live().stream()
        .filter(instance -> instance.ownerId() == user.id())
        .toList();
  }

  /** The only instance. */
  Instance instance() {
    List<Instance> all = instances();
    if (all.size() != 1) {
      throw new AssertionError("There should be one instance, not " + all);
    }
    return all.getFirst();
  }

  /** An instance, also when it is deleted. */
  Instance instance(long id) {
    return simulator.platform().instance(id).orElseThrow();
  }

  /** All calls, oldest first. */
  List<Call> calls(Route... routes) {
    List<Call> all =
        routes.length == 0 ? simulator.journal().calls() : simulator.journal().calls(routes);
    return all.stream().filter(call -> call.user().equals(user.toString())).toList();
  }

  /** The routes of all calls, oldest first. */
  List<Route> routes() {
    return calls().stream().flatMap(call -> call.route().stream()).toList();
  }

  /** Those that change something at the platform. */
  List<Route> mutations() {
    return routes().stream().filter(route -> !route.method().equals("GET")).toList();
  }

  /** All calls to the platform, whoever made them: those with wrong secrets are nobody's. */
  int callsByAnybody() {
    return simulator.journal().count();
  }

  /** A call's body, secrets in clear. */
  String body(Call call) {
    return simulator.journal().unmaskedBody(call.number());
  }
}
