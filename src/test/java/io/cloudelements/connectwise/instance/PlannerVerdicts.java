package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/** The planners' verdicts as they stand in a status, for the documents. */
public final class PlannerVerdicts {
  private static final RemoteInstance INSTANCE = Situations.instance(1234);
  private static final Intent INTENT = new Intent(1, Situations.NOW.minus(Duration.ofSeconds(95)));

  private PlannerVerdicts() {}

  public static Verdict available() {
    return Verdicts.availability(INSTANCE, desired());
  }

  public static Verdict disabled() {
    return Verdicts.availability(INSTANCE.withDisabled(true), desired());
  }

  public static Verdict disabledAsAsked() {
    return Verdicts.availability(
        INSTANCE.withDisabled(true), Situations.provisioned(1234).wanting(false).build().desired());
  }

  public static Verdict invalid() {
    return Verdicts.availability(Situations.valid(INSTANCE, false), desired());
  }

  public static Verdict awaitingOutcome() {
    return Verdicts.awaitingOutcome(INTENT, Situations.WINDOW);
  }

  public static Verdict updating() {
    return Verdicts.moreToDo();
  }

  public static Verdict notAccepted() {
    return Verdicts.notAccepted(Situations.named(INSTANCE, "Acme b"), desired());
  }

  public static Verdict notFound() {
    return Verdicts.adoptionTargetMissing(1234, desired());
  }

  public static Verdict wrongElement() {
    return OwnershipVerdicts.wrongElement(1234, "connectwisecrm", desired());
  }

  public static Verdict ownedByAnother() {
    return OwnershipVerdicts.ownedByAnother(1234, Situations.FOREIGN.value(), adopting());
  }

  public static Verdict ownershipNotShown() {
    return OwnershipVerdicts.ownershipNotShown(
        Situations.tagged(INSTANCE, "made by hand"), adopting());
  }

  public static Verdict adoptionRefused() {
    return OwnershipVerdicts.adoptionRefused(1234, 1100);
  }

  public static Verdict accountChanged() {
    return OwnershipVerdicts.accountChanged(
        1234, Situations.provisioned(1234).inAccount("5f2c0c9a1b7e").build().recorded(), desired());
  }

  public static Verdict recreationHeld() {
    return Verdicts.recreationHeld(1234, desired());
  }

  public static Verdict recreationDelayed() {
    return Verdicts.recreationDelayed(1234, Situations.NOW, desired());
  }

  public static Verdict deleting() {
    return Verdicts.deletionAwaitsOutcome(INTENT, Situations.WINDOW);
  }

  public static Verdict deleted() {
    return Verdicts.deleted();
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
