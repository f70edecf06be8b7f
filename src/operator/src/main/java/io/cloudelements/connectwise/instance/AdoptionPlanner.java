package io.cloudelements.connectwise.instance;

import io.cloudelements.connectwise.instance.Observation.Search;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of an instance that was read and has not shown this resource's tag: another
 * one is used that does, or a person has asked for this one, or it is left alone.
 */
final class AdoptionPlanner {
  private AdoptionPlanner() {}

  /**
   * @param otherwise why it is left alone
   */
  static Action plan(PlannerInput in, RemoteInstance instance, Outcome otherwise) {
    Optional<Action> elsewhere = elsewhere(in, instance);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    if (in.seen().done().isPresent()) {
      return Action.finish(OwnershipOutcomes.adoptionNotShown(instance.id(), in.desired()));
    }
    return isAskedFor(in, instance) ? adopt(in, instance) : Action.finish(otherwise);
  }

  /** Status and spec may name anything; the tag names the instance that is ours. */
  static Optional<Action> elsewhere(PlannerInput in, RemoteInstance instance) {
    if (in.seen().byTag() instanceof Search.NotAsked) {
      return Optional.of(new Action.SearchByTag());
    }
    boolean listed = in.seen().matches().stream().anyMatch(match -> match.id() == instance.id());
    return in.seen().matches().stream()
        .filter(_ -> !listed)
        .findFirst()
        .map(match -> new Action.ReadById(match.id()));
  }

  /** By {@code take-over} once, or by {@code adoptInstanceId} where its tags show no owner. */
  private static boolean isAskedFor(PlannerInput in, RemoteInstance instance) {
    DesiredInstance desired = in.desired();
    if (desired.policy() == ManagementPolicy.OBSERVE) {
      return false;
    }
    Ownership whose = Ownership.of(instance.id(), in.seen(), desired.ownershipTag());
    if (desired.takesOver(instance.id(), whose)
        && !in.recorded().takenOver().equals(desired.takeOver())) {
      return true;
    }
    return whose instanceof Ownership.Unmarked
        && desired.adoptInstanceId().equals(Optional.of(instance.id()))
        && in.recorded().adoption().filter(Adoption.Completed.class::isInstance).isEmpty()
        && hasNoOther(in, instance);
  }

  private static boolean hasNoOther(PlannerInput in, RemoteInstance instance) {
    Optional<Long> known = in.recorded().instanceId();
    return known.isEmpty()
        || known.equals(Optional.of(instance.id()))
        || known.equals(in.seen().verifiedGone());
  }

  /** The tag is put on it by the same call that brings it in line. */
  private static Action adopt(PlannerInput in, RemoteInstance instance) {
    Action.Correction change =
        ChangePlanner.next(in, instance)
            .filter(Action.Replace.class::isInstance)
            .orElseGet(() -> marking(in, instance));
    boolean recordedOfThis =
        in.recorded().configurationHash().isPresent()
            && in.recorded().instanceId().equals(Optional.of(instance.id()));
    if (change instanceof Action.Replace && recordedOfThis) {
      return new Action.ForgetConfiguration();
    }
    return in.seen().intentRecorded() ? new Action.Adopt(change) : begin(in, instance);
  }

  private static Action.Correction marking(PlannerInput in, RemoteInstance instance) {
    DesiredInstance desired = in.desired();
    return new Action.Patch(
        instance.id(),
        instance.name().filter(name -> !name.equals(desired.name())).map(_ -> desired.name()),
        Optional.of(desired.tags()));
  }

  /** Tags that an earlier attempt found are kept: that attempt may have changed them since. */
  private static Action begin(PlannerInput in, RemoteInstance instance) {
    Optional<Set<String>> found =
        in.recorded()
            .openAdoption()
            .filter(open -> open.instanceId() == instance.id())
            .flatMap(Adoption.Open::foundTags)
            .or(() -> Ownership.shownTags(instance.id(), in.seen()));
    return new Action.BeginAdoption(new Adoption.Open(instance.id(), in.now(), found));
  }
}
