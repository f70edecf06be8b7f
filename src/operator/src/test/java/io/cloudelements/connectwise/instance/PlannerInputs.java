package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** PlannerInputs for planner tests, told in the order in which a reader thinks of them. */
final class PlannerInputs {
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  static final ProvisioningWindow WINDOW =
      ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE);
  static final ResourceId RESOURCE = new ResourceId("integrations", "acme");
  static final OwnershipTag OURS = OwnershipTag.of("cluster-a", RESOURCE);
  static final OwnershipTag NEIGHBOUR =
      OwnershipTag.of("cluster-a", new ResourceId("integrations", "other"));
  static final OwnershipTag FOREIGN = OwnershipTag.of("cluster-b", RESOURCE);
  static final Account ACCOUNT =
      new Account(
          URI.create("https://api.example.com/elements/api-v2"),
          SecretValue.of("user"),
          SecretValue.of("organization"));
  static final Configuration CONFIGURATION =
      new Configuration(
          new TreeMap<>(
              Map.of(
                  "helpdesk.connectwise.company", SecretValue.of("acme"),
                  "helpdesk.connectwise.password", SecretValue.of("hunter2"))),
          Set.of("helpdesk.connectwise.company"));
  static final SecretValue TOKEN = SecretValue.of("token+/=");

  private Account account = ACCOUNT;
  private Optional<Boolean> enabled = Optional.empty();
  private Optional<Long> adopt = Optional.empty();
  private ManagementPolicy policy = ManagementPolicy.MANAGE;
  private Optional<String> takeOver = Optional.empty();
  private Optional<String> confirmRecreate = Optional.empty();
  private Recorded recorded = Recorded.NOTHING;
  private Observation seen = Observation.NONE;
  private boolean held;

  private PlannerInputs() {}

  /** A resource that was never reconciled. */
  static PlannerInputs fresh() {
    return new PlannerInputs();
  }

  /** A resource whose status records a converged instance. */
  static PlannerInputs provisioned(long id) {
    PlannerInputs situations = new PlannerInputs();
    situations.recorded =
        Recorded.NOTHING
            .seen(instance(id), situations.build().desired())
            .withConfigurationHash(Optional.of(CONFIGURATION.fingerprint(TOKEN)));
    return situations;
  }

  /** A resource whose status records an intent, made this long ago (negative: by a clock ahead). */
  static PlannerInputs intended(int attempt, Duration ago) {
    PlannerInputs situations = new PlannerInputs();
    situations.recorded =
        Recorded.NOTHING.withIntent(
            new Intent(attempt, NOW.minus(ago)), Optional.of(ACCOUNT.fingerprint()));
    return situations;
  }

  /** An instance exactly as the resource wants it. */
  static RemoteInstance instance(long id) {
    return new RemoteInstance(
        id,
        TOKEN,
        Optional.of("Acme"),
        Optional.of("connectwisehd"),
        Optional.of(Set.of("production", OwnershipTag.MARKER, OURS.value())),
        new Availability(Optional.of(true), Optional.of(false)),
        Map.of(
            "helpdesk.connectwise.company", "acme",
            "helpdesk.connectwise.password", "********"));
  }

  static RemoteInstance tagged(RemoteInstance i, String... tags) {
    return showing(
        i, i.name(), i.elementKey(), Optional.of(Set.of(tags)), i.valid(), i.configuration());
  }

  static RemoteInstance named(RemoteInstance i, String name) {
    return showing(i, Optional.of(name), i.elementKey(), i.tags(), i.valid(), i.configuration());
  }

  static RemoteInstance ofElement(RemoteInstance i, String key) {
    return showing(i, i.name(), Optional.of(key), i.tags(), i.valid(), i.configuration());
  }

  static RemoteInstance valid(RemoteInstance i, boolean valid) {
    return showing(i, i.name(), i.elementKey(), i.tags(), Optional.of(valid), i.configuration());
  }

  static RemoteInstance company(RemoteInstance i, String company) {
    return showing(
        i,
        i.name(),
        i.elementKey(),
        i.tags(),
        i.valid(),
        Map.of("helpdesk.connectwise.company", company));
  }

  private static RemoteInstance showing(
      RemoteInstance i,
      Optional<String> name,
      Optional<String> elementKey,
      Optional<Set<String>> tags,
      Optional<Boolean> valid,
      Map<String, String> configuration) {
    return new RemoteInstance(
        i.id(),
        i.token(),
        name,
        elementKey,
        tags,
        new Availability(valid, i.disabled()),
        configuration);
  }

  /** Only what is certain in every answer (contract §2). */
  static RemoteInstance bare(long id) {
    return RemoteInstances.bare(id, TOKEN.reveal());
  }

  /** The same account under another spelling of its URL. */
  PlannerInputs callingAt(String url) {
    account = new Account(URI.create(url), account.userSecret(), account.organizationSecret());
    return this;
  }

  PlannerInputs wanting(boolean on) {
    enabled = Optional.of(on);
    return this;
  }

  PlannerInputs adopting(long id) {
    adopt = Optional.of(id);
    return this;
  }

  PlannerInputs under(ManagementPolicy other) {
    policy = other;
    return this;
  }

  PlannerInputs takingOver(String value) {
    takeOver = Optional.of(value);
    return this;
  }

  PlannerInputs confirmingRecreation(String value) {
    confirmRecreate = Optional.of(value);
    return this;
  }

  /** The annotation has been followed before. */
  PlannerInputs afterTakeOver() {
    recorded = recorded.seen(instance(recorded.instanceId().orElseThrow()), build().desired());
    return this;
  }

  /** An adoption that was recorded this long ago, and may have been sent. */
  PlannerInputs adoptionBegun(long id, Duration ago, String... found) {
    recorded =
        recorded.adopting(
            new Adoption.Open(id, NOW.minus(ago), Optional.of(Set.of(found))),
            ACCOUNT.fingerprint());
    return this;
  }

  /** The spec names no instance any more. */
  PlannerInputs adoptingNone() {
    adopt = Optional.empty();
    return this;
  }

  /** The named instance was given up, and no other one is known yet. */
  PlannerInputs afterAdoptionWasGivenUp(long id) {
    recorded = recorded.withAdoption(Optional.of(new Adoption.Completed(id)));
    return this;
  }

  /** {@code spec.adoptInstanceId} was followed before. */
  PlannerInputs adopted() {
    recorded = recorded.adopted(adopt);
    return this;
  }

  /** The status was lost under a resource that carries the finalizer. */
  PlannerInputs afterLossOfStatus() {
    recorded = Recorded.lost(NOW, adopt);
    return this;
  }

  PlannerInputs withRecreationHeld() {
    held = true;
    return this;
  }

  /** An earlier reconcile held it. */
  PlannerInputs afterHold() {
    recorded = UsableInstance.held(recorded);
    return this;
  }

  PlannerInputs afterReason(Reason reason) {
    recorded =
        with(recorded, recorded.account(), recorded.configurationHash(), Optional.of(reason));
    return this;
  }

  PlannerInputs withoutRecordedHash() {
    recorded = with(recorded, recorded.account(), Optional.empty(), recorded.lastReason());
    return this;
  }

  PlannerInputs withRecordedHash(String hash) {
    recorded = with(recorded, recorded.account(), Optional.of(hash), recorded.lastReason());
    return this;
  }

  PlannerInputs inAccount(String fingerprint) {
    recorded =
        with(
            recorded,
            Optional.of(fingerprint),
            recorded.configurationHash(),
            recorded.lastReason());
    return this;
  }

  private static Recorded with(
      Recorded r, Optional<String> account, Optional<String> hash, Optional<Reason> reason) {
    return new Recorded(
        false,
        new Recorded.LastSeen(
            r.instanceId(), r.elementKey(), account, hash, r.instance().availability()),
        r.creation(),
        r.takeOver(),
        new TreeSet<>(r.duplicates()),
        r.tokenSecret(),
        reason);
  }

  PlannerInputs seeing(RemoteInstance instance) {
    seen = seen.found(instance);
    return this;
  }

  PlannerInputs missing(long id) {
    seen = seen.missing(id);
    return this;
  }

  PlannerInputs verifiedMissing(long id) {
    seen = seen.verifiedMissing(id);
    return this;
  }

  PlannerInputs finding(RemoteInstance... matches) {
    seen = seen.searched(TagMatches.of(Stream.of(matches).map(PlannerInputs::listed).toList()));
    return this;
  }

  /** An empty search whose 404 lacks the platform's mark. */
  PlannerInputs withAnInconclusiveSearch() {
    seen = seen.searched(TagMatches.INCONCLUSIVE);
    return this;
  }

  /** As a list shows it: a summary. */
  static ListedInstance listed(RemoteInstance i) {
    return new ListedInstance(
        i.id(), i.name(), i.elementKey(), i.tags(), i.valid(), i.disabled(), Optional.empty());
  }

  /** The instance replaced another one, which was recorded this long ago. */
  PlannerInputs recreated(Duration ago) {
    Recorded r = recorded;
    recorded =
        UsableInstance.with(
            r, new Recorded.Creation(r.intent(), Optional.of(NOW.minus(ago)), r.creation().held()));
    return this;
  }

  /** The intent that is recorded was made in this very reconcile. */
  PlannerInputs inThisReconcile() {
    seen = seen.adopting();
    return this;
  }

  PlannerInputs having(Action.Mutation done) {
    seen = seen.after(done);
    return this;
  }

  PlannerInput build() {
    DesiredInstance desired =
        new DesiredInstance(
            RESOURCE,
            OURS,
            new InstanceDefinition(
                Element.CONNECTWISE_HD, "Acme", OURS.with(Set.of("production")), CONFIGURATION),
            AccountAccess.to(account),
            new DesiredInstance.Policies(enabled, adopt, policy, DeletionPolicy.DELETE),
            new DesiredInstance.Confirmations(takeOver, confirmRecreate, Optional.empty()));
    return new PlannerInput(desired, recorded, seen, WINDOW, held, NOW);
  }
}
