package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/** The planners' verdicts as they stand in a status, for the documents. */
public final class PlannerOutcomes {
  private static final RemoteInstance INSTANCE = Situations.instance(1234);
  private static final Intent INTENT = new Intent(1, Situations.NOW.minus(Duration.ofSeconds(95)));

  private PlannerOutcomes() {}

  public static Outcome available() {
    return Outcomes.availability(INSTANCE, desired());
  }

  public static Outcome disabled() {
    return Outcomes.availability(INSTANCE.withDisabled(true), desired());
  }

  public static Outcome disabledAsAsked() {
    return Outcomes.availability(
        INSTANCE.withDisabled(true), Situations.provisioned(1234).wanting(false).build().desired());
  }

  public static Outcome invalid() {
    return Outcomes.availability(Situations.valid(INSTANCE, false), desired());
  }

  public static Outcome awaitingOutcome() {
    return Outcomes.awaitingOutcome(INTENT, Situations.WINDOW);
  }

  public static Outcome updating() {
    return Outcomes.moreToDo();
  }

  public static Outcome notAccepted() {
    return Outcomes.notAccepted(Situations.named(INSTANCE, "Acme b"), desired());
  }

  public static Outcome notFound() {
    return Outcomes.adoptionTargetMissing(1234, desired());
  }

  public static Outcome wrongElement() {
    return OwnershipOutcomes.wrongElement(1234, "connectwisecrm", desired());
  }

  public static Outcome ownedByAnother() {
    return OwnershipOutcomes.ownedByAnother(1234, Situations.FOREIGN.value(), adopting());
  }

  public static Outcome ownershipNotShown() {
    return OwnershipOutcomes.ownershipNotShown(
        Situations.tagged(INSTANCE, "made by hand"), adopting());
  }

  public static Outcome adoptionRefused() {
    return OwnershipOutcomes.adoptionRefused(1234, 1100);
  }

  public static Outcome accountChanged() {
    return OwnershipOutcomes.accountChanged(
        1234, Situations.provisioned(1234).inAccount("5f2c0c9a1b7e").build().recorded(), desired());
  }

  public static Outcome recreationHeld() {
    return Outcomes.recreationHeld(1234, desired());
  }

  public static Outcome recreationDelayed() {
    return Outcomes.recreationDelayed(1234, Situations.NOW, desired());
  }

  public static Outcome deleting() {
    return Outcomes.deletionAwaitsOutcome(INTENT, Situations.WINDOW);
  }

  public static Outcome deleted() {
    return Outcomes.deleted();
  }

  /** What a status records of an instance. */
  public static Recorded recorded(boolean disabled, boolean valid) {
    Recorded seen =
        Recorded.NOTHING.seen(Situations.valid(INSTANCE, valid).withDisabled(disabled), desired());
    return new Recorded(
        false,
        seen.instanceId(),
        seen.elementKey(),
        seen.account(),
        seen.configurationHash(),
        seen.valid(),
        seen.disabled(),
        seen.intent(),
        seen.adoption(),
        new TreeSet<>(seen.duplicates()),
        Optional.of("acme-token"),
        Optional.empty(),
        seen.takenOver(),
        seen.lastReason());
  }

  /** What a status records of a creation of unknown outcome. */
  public static Recorded intending() {
    return Recorded.NOTHING.intending(INTENT, Optional.of(Situations.ACCOUNT.fingerprint()));
  }

  private static Situation adopting() {
    return Situations.fresh().adopting(1234).build();
  }

  private static DesiredInstance desired() {
    return Situations.provisioned(1234).build().desired();
  }
}
