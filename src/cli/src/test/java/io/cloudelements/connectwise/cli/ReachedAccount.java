package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import java.util.List;

/** A simulated service, a user of it, and the Secret with what opens the user's account. */
record ReachedAccount(ReachedService service, User user) implements AutoCloseable {
  static final String USER_SECRET = "canary-user";
  static final String ORGANIZATION_SECRET = "canary-organization";

  /** Of the account object {@code connectwise-accounts/acme-production}. */
  static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: acme-admin, namespace: connectwise-accounts}
      stringData: {userSecret: canary-user, organizationSecret: canary-organization}
      """;

  static final String READ_SECRET = "get secret connectwise-accounts/acme-admin";

  static ReachedAccount start() {
    ReachedService service = ReachedService.start();
    return new ReachedAccount(
        service,
        service.simulator().platform().outsideWorld().addUser(USER_SECRET, ORGANIZATION_SECRET));
  }

  Simulator simulator() {
    return service.simulator();
  }

  String url() {
    return service.url();
  }

  List<Route> routes() {
    return service.routes();
  }

  /** Runs a command, and asserts that it prints no secret. */
  Shell.Result runs(StoredCluster cluster, String... words) {
    Shell.Result result = service.shell().in(cluster).runs(words);
    assertThat(result.output() + result.errors()).doesNotContain("canary");
    return result;
  }

  @Override
  public void close() {
    service.close();
  }
}
