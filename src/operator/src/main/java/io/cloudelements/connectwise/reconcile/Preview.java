package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.CallKind;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What {@code Manage} would do next, in words without secrets. */
record Preview(ReconcileInput input, DesiredInstance desired) {

  Outcome outcome() {
    return Outcome.of(
        Reason.PLANNED,
        planSource()
            + " is Plan: nothing is changed; status.plan lists what Manage would do"
            + " next.");
  }

  /** The instance that the status names is no longer there. */
  Outcome outcomeOfGone(long id) {
    return Outcome.of(
        Reason.NOT_FOUND,
        "Instance "
            + id
            + " is gone: the account shows it neither by its id nor by its tag. "
            + planSource()
            + " is Plan: nothing is changed; status.plan lists what Manage would do next.");
  }

  /** Where no remote change is due: what is in the way stays, everything else is a plan. */
  Outcome outcome(Outcome settled, Optional<RemoteInstance> instance) {
    Reason.Kind kind = settled.reason().kind();
    return kind.failed() || kind == Reason.Kind.SUSPENDED || isAsReported(settled, instance)
        ? settled
        : Outcome.of(
            Reason.PLANNED,
            planSource() + " is Plan: no remote change is due. " + settled.message());
  }

  /**
   * Whether Manage reported the same and would do nothing now: under the operator's mode, which
   * ends again, such a resource keeps what is said of it.
   */
  private boolean isAsReported(Outcome settled, Optional<RemoteInstance> instance) {
    return isByMode()
        && settled.reason().isConverged()
        && StatusReader.recorded(input.resource())
            .lastReason()
            .filter(before -> before.label().equals(settled.reason().label()))
            .isPresent()
        && afterwards(instance).isEmpty();
  }

  /** Whether the resource itself asks for no plan. */
  private boolean isByMode() {
    return input.mode() == ManagementPolicy.PLAN
        && !input.spec().policy().equals(Optional.of(ManagementPolicy.PLAN));
  }

  /** What asks for a plan. */
  private String planSource() {
    return isByMode() ? "OPERATING_MODE" : "managementPolicy";
  }

  List<String> lines(Action.Mutation mutation, Optional<RemoteInstance> instance) {
    List<String> lines = new ArrayList<>();
    lines.add(line(mutation));
    lines.addAll(afterwards(instance));
    return lines;
  }

  /** What Manage would do before it goes on. */
  String line(Action.TakeUpSecret action) {
    return "update Secret "
        + action.name()
        + " ownerReferences=["
        + input.resource().getKind()
        + "/"
        + input.metadata().getName()
        + "]";
  }

  private String line(Action.Mutation mutation) {
    return mutation instanceof Action.Delete(var ids)
        ? CallKind.DELETE.method() + " " + InstanceCall.INSTANCES + " " + ids
        : line(mutation.calls(desired.definition()).getFirst());
  }

  private static String line(InstanceCall.Request<?> call) {
    String line = call.kind().method() + " " + call.path();
    if (call instanceof InstanceCall.Patch patch) {
      return line
          + patch.name().map(value -> " name=" + value).orElse("")
          + patch.tags().map(value -> " tags=" + new TreeSet<>(value)).orElse("");
    }
    return line + call.provisioned().map(Preview::values).orElse("");
  }

  /** Of the configuration its names: its values may be secrets. */
  private static String values(InstanceDefinition definition) {
    return " element="
        + definition.element().key()
        + " name="
        + definition.name()
        + " tags="
        + new TreeSet<>(definition.tags())
        + " configuration="
        + definition.configuration().entries().keySet();
  }

  /** The token Secret that follows. */
  List<String> afterwards(Optional<RemoteInstance> instance) {
    String name = input.spec().tokenSecretName();
    String written = "Secret " + name + " keys=" + input.spec().tokenSecret().keys();
    Optional<Secret> existing = input.secret(name);
    if (existing.isEmpty()) {
      return List.of("create " + written);
    }
    boolean current =
        instance
            .flatMap(found -> input.tokenSecret(desired, found.id(), found.token()))
            .filter(wanted -> TokenSecretContract.isAsWanted(existing.get(), wanted))
            .isPresent();
    return current ? List.of() : List.of("update " + written);
  }
}
