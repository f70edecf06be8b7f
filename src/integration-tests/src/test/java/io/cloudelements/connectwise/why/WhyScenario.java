package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.connectwise.operator.TenantAccount;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.fault.Fault.TooManyRequests.RetryAfterFormat;
import io.cloudelements.simulator.model.Behaviour.Sanitising;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.Privilege;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every state that a person, the service and the operator can make of a resource. */
record WhyScenario(WhyCluster why, WhyStates states) {
  private static final String UNALLOWED =
      "accountRef: {name: others, namespace: " + AccountOwner.namespaceFor(WhyCluster.TEAM) + "}";

  /** As many as may be gone at once, beside the one whose recreation is then held. */
  private static final List<String> LOST_BEFORE =
      Tenant.names("lost-before", WhyCluster.MASS_DISAPPEARANCE_LIMIT);

  private static final String DELETED_BEFORE = "deleted-before";

  /** Brings all of them about, the slow ones side by side. */
  void play() {
    loseAnAnswer();
    account("verified", "acme-admin", "allowedNamespaces: {from: Names, names: [team]}");
    account("others", "acme-admin", "allowedNamespaces: {from: Same}");
    account("small", "small-admin", "allowedNamespaces: {from: All}\n  limits: {instances: 1}");
    account("asleep", "acme-admin", "allowedNamespaces: {from: All}\n  suspend: true");
    account("rejected", "acme-typo", "allowedNamespaces: {from: All}");
    account("refused", "acme-unknown", "allowedNamespaces: {from: All}");
    account("revocable", "revocable-admin", "allowedNamespaces: {from: All}");
    why.owner.appliesSecret(why.tenant.account().secret());
    why.owner.appliesSecret("acme-unknown", "canary-unknown-user", "canary-unknown");
    // the limits of an account count all instances of its organization
    userOfItsOwn("small");
    userOfItsOwn("revocable");
    states
        .account("ready")
        .platformBehaves(all -> all.with(b -> b.sanitising = Sanitising.STRIPS_TAGS_AND_ESCAPES));
    describeStates();
    states.apply();
    changeThem();
    states.apply();
  }

  /** Of a creation: the operator that sent it is gone before the answer came. */
  private void loseAnAnswer() {
    states.account("awaiting-outcome").faultsOn(Route.POST_INSTANCES).inject(new Fault.Hang(false));
    states.state("awaiting-outcome", "Provisioning").apply();
    why.operatorCrashes();
    states.becomes("awaiting-outcome", "AwaitingOutcome");
  }

  private void account(String name, String secret, String terms) {
    why.owner.appliesAccount(name, secret, terms);
  }

  private String accountRef(String name) {
    return "accountRef: {name: %s, namespace: %s}".formatted(name, why.owner.namespace());
  }

  /** For an account object of that name. */
  private void userOfItsOwn(String name) {
    String user = "canary-" + name;
    String organization = user + "-organization";
    why.tenant.account().outsideWorld().addUser(user, organization);
    why.owner.appliesSecret(name + "-admin", user, organization);
  }

  private void describeStates() {
    secretsAndSpecs();
    instances();
    failures();
    accounts();
    toBeChanged();
  }

  private void secretsAndSpecs() {
    states
        .state("ready", "Available")
        .state("disabled-as-asked", "Disabled", "enabled: false")
        .state("planned", "Planned", "managementPolicy: Plan")
        .state("suspended", "Suspended", "suspend: true")
        .state("malformed", "MalformedEntries", keys -> keys.put("company", " acme"))
        .state(
            "address-in-spec",
            "AddressNotInSecret",
            "configuration: {event.notification.callback.url: 'https://hooks.example.com'}")
        .state("base-url", "BaseUrlNotAllowed", "baseUrl: https://api.example.com/elements/api-v2")
        .secret("name-taken-token", Map.of("password", "canary-of-another-application"))
        .state("name-taken", "SecretConflict");
  }

  private void instances() {
    Instance crm = states.madeByHand("wrong-element", "connectwisecrm", "console");
    String tag = why.tenant.account().ownershipTag("another");
    Instance others = states.madeByHand("owned-by-another", "connectwisehd", tag);
    states
        .state("wrong-element", "WrongElement", "adoptInstanceId: " + crm.id())
        .state("owned-by-another", "OwnedByAnother", "adoptInstanceId: " + others.id())
        .state("not-there", "NotFound", "adoptInstanceId: 987654321")
        .state("nothing-to-observe", "NotFound", "managementPolicy: Observe")
        .state("not-accepted", "NotAccepted", "name: A & B")
        .state(
            "wrong-password", "ProviderRejected", keys -> keys.put("password", "canary-mistyped"));
  }

  private void failures() {
    OutsideWorld world = why.tenant.account().outsideWorld();
    TenantAccount denied = states.account("access-denied");
    world.addUser(
        "canary-denied", denied.organizationSecret(), EnumSet.of(Privilege.VIEW_INSTANCES));
    states
        .account("rate-limited")
        .faultsOn()
        .inject(new TooManyRequests(RetryAfterFormat.SECONDS, Duration.ofMinutes(10)));
    states
        .state("access-denied", "AccessDenied", keys -> keys.put("userSecret", "canary-denied"))
        .state(
            "account-rejected", "AccountRejected", keys -> keys.put("userSecret", "canary-unknown"))
        .state("rate-limited", "RateLimited", "baseUrl: " + why.cluster.baseUrl())
        .failing("timed-out", "TimedOut", new Fault.Hang(false))
        .failing("connection-lost", "ConnectionLost", new Fault.LostBeforeApplied())
        .failing("service-failed", "ServiceFailed", Fault.Status.of(503))
        .failing("gateway-answers", "UnexpectedAnswer", new Fault.Html(200, false))
        .state("unreachable", "Unreachable", "baseUrl: http://127.0.0.1:1/elements/api-v2");
    states
        .account("provisioning")
        .faultsOn(Route.POST_INSTANCES)
        .inject(new Fault.Latency(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    states
        .account("awaiting-outcome")
        .faultsOn(Route.POST_INSTANCES)
        .inject(new Fault.LostBeforeApplied());
    states.state("provisioning", "Provisioning").state("awaiting-outcome", "AwaitingOutcome");
  }

  private void accounts() {
    states
        .state("shared-account", "Available", accountRef("verified"))
        .state("shared-account-rejected", "Available", accountRef("revocable"))
        .state("account-suspended", "Suspended", accountRef("asleep"))
        .state("not-permitted", "NotPermitted", accountRef("verified"), "adoptInstanceId: 1")
        .state("first-of-quota", "Available", accountRef("small"))
        .state(
            "template-refused",
            "TemplateRefused",
            accountRef("verified"),
            "tokenSecret: {template: {AUTHORIZATION: $(authorization)}}");
  }

  private void toBeChanged() {
    for (String name :
        new String[] {
          "disabled",
          "invalid",
          "tag-removed",
          "another-account",
          "revoked",
          "adoption-refused",
          "lost-again",
          "write-refused",
          "deletion-blocked",
          "recreation-held",
          "deletion-held"
        }) {
      states.state(name, "Available");
    }
    LOST_BEFORE.forEach(name -> states.beside("recreation-held", name));
    states.beside("deletion-held", DELETED_BEFORE);
  }

  private void changeThem() {
    OutsideWorld world = why.tenant.account().outsideWorld();
    world.disable(instance("disabled").id());
    world.invalidate(instance("invalid").id());
    world.setTags(instance("tag-removed").id(), Set.of("ours no more"));
    world.revokeUser(states.account("revoked").secret());
    world.revokeUser("canary-revocable");
    world.deleteExternally(instance("lost-again").id());
    world.markInUse(instance("deletion-blocked").id());
    why.tenant.edits(
        "another-account-connectwise",
        Map.of("userSecret", states.account("somewhere-else").secret()));
    long wanted = states.madeByHand("adoption-refused", "connectwisehd", "console").id();
    why.tenant.changes("adoption-refused", "{\"adoptInstanceId\":" + wanted + "}");
    why.tenant
        .person()
        .patches(
            "secret",
            "write-refused-token",
            "{\"immutable\":true,\"stringData\":{\"token\":\"edited\"},"
                + "\"metadata\":{\"finalizers\":[\"example.com/backup\"]}}");
    why.tenant.requestsReconcile("lost-again");
    why.tenant.awaits(
        "another instance in its place",
        () -> assertThat(states.account("lost-again").instances()).hasSize(1));
    why.tenant.awaitsReady("lost-again");
    world.deleteExternally(instance("lost-again").id());
    for (String name :
        new String[] {
          "disabled", "invalid", "tag-removed", "revoked", "lost-again", "shared-account-rejected"
        }) {
      why.tenant.requestsReconcile(name);
    }
    why.tenant.person().deletes("cwi", "deletion-blocked");
    loseMany(world);
    deleteMany();
    becomeWhatTheyAre();
    waiting();
  }

  /** One after the other, so that it is known which one is too many. */
  private void loseMany(OutsideWorld world) {
    why.tenant.awaitsReady(LOST_BEFORE, Duration.ofSeconds(30));
    for (String name : Stream.concat(LOST_BEFORE.stream(), Stream.of("recreation-held")).toList()) {
      Instance lost = states.account("recreation-held").everCreatedFor(name).getLast();
      world.deleteExternally(lost.id());
      why.tenant.awaitsReconcile(name);
    }
  }

  /** The second of them is one too many, whether the first is still there or gone. */
  private void deleteMany() {
    why.tenant.awaitsReady(DELETED_BEFORE);
    why.tenant.person().deletes("cwi", DELETED_BEFORE);
    why.tenant.person().deletes("cwi", "deletion-held");
  }

  private void becomeWhatTheyAre() {
    states.becomes("disabled", "Disabled");
    states.becomes("invalid", "Invalid");
    states.becomes("tag-removed", "OwnershipNotShown");
    states.becomes("another-account", "AccountChanged");
    states.becomes("revoked", "AccountRejected");
    states.becomes("adoption-refused", "AdoptionRefused");
    states.becomes("lost-again", "RecreationDelayed");
    states.becomes("write-refused", "ClusterWriteRefused");
    states.becomes("deletion-blocked", "DeletionBlocked");
    states.becomes("recreation-held", "RecreationHeld");
    states.becomes("deletion-held", "DeletionHeld");
    states.becomes("shared-account-rejected", "AccountRejected");
    states.state("quota", "QuotaReached", accountRef("small"));
    TenantAccount limited = states.account("rate-limited");
    states.state(
        "held-back",
        "HeldBack",
        keys -> keys.put("userSecret", limited.secret()),
        "baseUrl: " + why.cluster.baseUrl());
  }

  /** The last to be applied: two minutes later they are what they wait for. */
  private void waiting() {
    states
        .bare("without-secret", "WaitingForSecret")
        .state(
            "lacks-keys",
            "WaitingForSecret",
            keys -> keys.keySet().removeAll(Set.of("password", "company")))
        .state("account-not-allowed", "WaitingForAccount", UNALLOWED)
        .state("account-absent", "WaitingForAccount", accountRef("absent"))
        .state("account-not-ready", "WaitingForAccount", accountRef("rejected"))
        .state("account-refused", "WaitingForAccount", accountRef("refused"));
  }

  private Instance instance(String name) {
    return states.account(name).instances().getLast();
  }
}
