package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The planners' outcomes as they stand in a status, for the documents. */
public final class PlannerOutcomes {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ProvisioningWindow WINDOW =
      ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE);
  private static final ResourceId RESOURCE = new ResourceId("integrations", "acme");
  private static final OwnershipTag OURS = OwnershipTag.of("cluster-a", RESOURCE);
  private static final OwnershipTag FOREIGN = OwnershipTag.of("cluster-b", RESOURCE);
  private static final Account ACCOUNT =
      new Account(
          URI.create("https://api.example.com/elements/api-v2"),
          SecretValue.of("user"),
          SecretValue.of("organization"));
  private static final RemoteInstance INSTANCE =
      instance("Acme", Set.of("production", OwnershipTag.MARKER, OURS.value()), true);
  private static final Intent INTENT = new Intent(1, NOW.minus(Duration.ofSeconds(95)));

  private PlannerOutcomes() {}

  public static Outcome available() {
    return Outcomes.availability(INSTANCE, desired());
  }

  public static Outcome disabled() {
    return Outcomes.availability(INSTANCE.withDisabled(true), desired());
  }

  public static Outcome disabledAsAsked() {
    return Outcomes.availability(
        INSTANCE.withDisabled(true), desired(Optional.of(false), Optional.empty()));
  }

  public static Outcome invalid() {
    return Outcomes.availability(instance("Acme", INSTANCE.tags().orElseThrow(), false), desired());
  }

  public static Outcome awaitingOutcome() {
    return Outcomes.awaitingOutcome(INTENT, WINDOW);
  }

  public static Outcome updating() {
    return Outcomes.moreToDo();
  }

  public static Outcome notAccepted() {
    return Outcomes.notAccepted(instance("Acme b", INSTANCE.tags().orElseThrow(), true), desired());
  }

  public static Outcome notFound() {
    return Outcomes.adoptionTargetMissing(1234, desired());
  }

  public static Outcome wrongElement() {
    return OwnershipOutcomes.wrongElement(1234, "connectwisecrm", desired());
  }

  public static Outcome ownedByAnother() {
    return OwnershipOutcomes.ownedByAnother(1234, FOREIGN.value(), adopting());
  }

  public static Outcome ownershipNotShown() {
    return OwnershipOutcomes.ownershipNotShown(
        instance("Acme", Set.of("made by hand"), true), adopting());
  }

  public static Outcome adoptionRefused() {
    return OwnershipOutcomes.adoptionRefused(1234, 1100);
  }

  public static Outcome accountChanged() {
    return OwnershipOutcomes.accountChanged(
        1234,
        new PlannerInput(
            desired(), recordedIn("5f2c0c9a1b7e"), Observation.NONE, WINDOW, false, NOW));
  }

  public static Outcome recreationHeld() {
    return Outcomes.recreationHeld(1234, desired());
  }

  public static Outcome recreationDelayed() {
    return Outcomes.recreationDelayed(1234, NOW, desired());
  }

  public static Outcome deleting() {
    return Outcomes.deletionAwaitsOutcome(INTENT, WINDOW);
  }

  public static Outcome deletionHeld() {
    return Outcomes.deletionHeld(
        new TreeSet<>(Set.of(1234L)),
        1234,
        Optional.of(new ResourceId("connectwise-accounts", "acme-production")),
        desired());
  }

  public static Outcome deleted() {
    return Outcomes.deleted();
  }

  /** What a status records of an instance. */
  public static Recorded recorded(boolean disabled, boolean valid) {
    return Recorded.NOTHING
        .seen(
            instance("Acme", INSTANCE.tags().orElseThrow(), valid).withDisabled(disabled),
            desired())
        .withTokenSecret("acme-token");
  }

  /** What a status records of a creation of unknown outcome. */
  public static Recorded withIntent() {
    return Recorded.NOTHING.withIntent(INTENT, Optional.of(ACCOUNT.fingerprint()));
  }

  private static Recorded recordedIn(String account) {
    Recorded seen = recorded(false, true);
    return new Recorded(
        false,
        new Recorded.LastSeen(
            seen.instanceId(),
            seen.elementKey(),
            Optional.of(account),
            seen.configurationHash(),
            seen.instance().availability()),
        seen.creation(),
        seen.takeOver(),
        seen.duplicates(),
        seen.tokenSecret(),
        seen.lastReason());
  }

  private static PlannerInput adopting() {
    DesiredInstance desired = desired(Optional.empty(), Optional.of(1234L));
    return new PlannerInput(desired, Recorded.NOTHING, Observation.NONE, WINDOW, false, NOW);
  }

  private static DesiredInstance desired() {
    return desired(Optional.empty(), Optional.empty());
  }

  private static DesiredInstance desired(Optional<Boolean> enabled, Optional<Long> adopt) {
    return new DesiredInstance(
        RESOURCE,
        OURS,
        new InstanceDefinition(
            Element.CONNECTWISE_HD,
            "Acme",
            OURS.with(Set.of("production")),
            new Configuration(new TreeMap<>(), Set.of())),
        AccountAccess.to(ACCOUNT),
        new DesiredInstance.Policies(
            enabled, adopt, ManagementPolicy.MANAGE, DeletionPolicy.DELETE),
        new DesiredInstance.Confirmations(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static RemoteInstance instance(String name, Set<String> tags, boolean valid) {
    return new RemoteInstance(
        1234,
        SecretValue.of("token+/="),
        Optional.of(name),
        Optional.of("connectwisehd"),
        Optional.of(tags),
        new Availability(Optional.of(valid), Optional.of(false)),
        Map.of());
  }
}
