package io.cloudelements.connectwise.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.operator.ResourceAssert;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.connectwise.operator.TenantAccount;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resources with an account each, and what goes wrong with each of them. */
final class FaultScenario {
  private static final List<String> HEALTHY =
      List.of("calm", "dead", "storm", "failing", "twin", "drifted", "gone", "leaving", "pruned");

  /** Of the account of "pruned". */
  private static final String PRUNED_TOO = "pruned-too";

  /** Its Secret is not there; that shows in its status and in the metrics of accounts. */
  private static final String ACCOUNT_OBJECT =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: shared}
      spec:
        secretRef: {name: absent}
        limits: {instances: 10}
      """;

  private final Tenant tenant;
  private final Map<String, TenantAccount> accounts = new HashMap<>();

  FaultScenario(Tenant tenant) {
    this.tenant = tenant;
  }

  /** All are ready but two whose Secrets are not as they should be. */
  void begin() {
    tenant.appliesSecret("foreign-token", Map.of("mine", "true"));
    HEALTHY.forEach(name -> provide(name, ""));
    applyWithSecretOf("pruned", PRUNED_TOO);
    provide("foreign", "");
    provide("incomplete", " ");
    tenant.applies(ACCOUNT_OBJECT);
    HEALTHY.forEach(name -> awaitReason(name, "Available"));
    awaitReason(PRUNED_TOO, "Available");
    awaitReason("foreign", "SecretConflict");
    awaitReason("incomplete", "MalformedEntries");
  }

  /** What happens once, and stays so. */
  void causeFaults() {
    Instance twin = account("twin").instance();
    account("twin").makesByHand(twin.elementKey(), twin.name(), twin.tags(), twin.configuration());
    tenant.awaitsReconcile("twin");

    Instance drifted = account("drifted").instance();
    account("drifted").outsideWorld().rename(drifted.id(), "Renamed at the console");
    tenant.awaitsReconcile("drifted");
    tenant.person().deletes("secret", "drifted-token");
    tenant.awaits(
        "the token Secret is back", () -> assertThat(tenant.secret("drifted-token")).isPresent());

    account("gone").outsideWorld().deleteExternally(account("gone").instance().id());
    tenant.awaitsReconcile("gone");
    awaitReason("gone", "RecreationHeld");

    revoke("dead");
    tenant.awaitsReconcile("dead");
    awaitReason("dead", "AccountRejected");

    revoke("leaving");
    tenant.person().deletes("cwi", "leaving");
    awaitReason("leaving", "DeletionBlocked");

    tenant.person().runs("delete", "cwi", "pruned", PRUNED_TOO, "--wait=false");
    tenant.awaits(
        "what is left is held",
        () ->
            assertThat(pruned())
                .isNotEmpty()
                .allSatisfy(left -> ResourceAssert.assertThat(left).isStalled("DeletionHeld")));

    account("storm").faultsOn().inject(Fault.Status.of(429));
    account("failing").faultsOn().inject(Fault.Status.of(500));
  }

  /** Asks for another reconcile of those whose calls fail. */
  void repeatFailingCalls() {
    tenant.requestsReconcile("storm");
    tenant.requestsReconcile("failing");
  }

  /** Every fault is corrected, by the user that it concerns. */
  void heal() {
    tenant.account().simulator().faults().clear();
    tenant.person().deletes("cea", "shared");
    restore("dead");
    restore("leaving");
    account("twin").outsideWorld().deleteExternally(account("twin").instances().getLast().id());
    tenant.person().deletes("secret", "foreign-token");
    Long lost = tenant.status("gone").orElseThrow().instanceId();
    tenant.person().annotates("cwi", "gone", "cloudelements.io/confirm-recreate=" + lost);
    tenant.person().confirmsDeletions(pruned());
    tenant.appliesSecret("incomplete-credentials", account("incomplete").credentials());
    List.of("dead", "storm", "failing", "twin", "foreign").forEach(tenant::requestsReconcile);
    List.of("dead", "storm", "failing", "twin", "foreign", "gone", "incomplete")
        .forEach(name -> awaitReason(name, "Available"));
    // a probe of its account may have let it go already
    tenant
        .person()
        .kubectl()
        .attempt(
            "--namespace=" + tenant.name(),
            "annotate",
            "cwi",
            "leaving",
            "cloudelements.io/reconcile-requested-at=healed");
    tenant.awaitsGone("leaving");
    tenant.awaits("the pruned ones are gone", () -> assertThat(pruned()).isEmpty());
  }

  /** Nothing of it stays, as long as the operator and the service are there. */
  void end() {
    tenant.leaves();
    tenant.awaits("all are gone", () -> assertThat(tenant.resources()).isEmpty());
  }

  private void provide(String name, String beforePassword) {
    accounts.put(name, tenant.opensAccount("-" + name));
    Map<String, String> keys = account(name).credentials();
    keys.compute("password", (_, password) -> beforePassword + password);
    tenant.appliesSecret(name + "-credentials", keys);
    applyWithSecretOf(name, name);
  }

  private void applyWithSecretOf(String name, String resource) {
    tenant.applies(Tenant.helpDesk(resource).replace(Tenant.CREDENTIALS, name + "-credentials"));
  }

  private List<ConnectWiseInstance> pruned() {
    return tenant.resources().stream()
        .filter(resource -> resource.getMetadata().getName().startsWith("pruned"))
        .toList();
  }

  private TenantAccount account(String name) {
    return accounts.get(name);
  }

  private void revoke(String name) {
    account(name).outsideWorld().revokeUser(account(name).secret());
  }

  private void restore(String name) {
    account(name).outsideWorld().restoreUser(account(name).secret());
  }

  private void awaitReason(String name, String reason) {
    tenant.awaits(name, resource -> resource.condition("Synced").hasReason(reason));
  }
}
