package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.Expectation.either;
import static io.cloudelements.connectwise.schedule.Expectation.ready;
import static io.cloudelements.connectwise.schedule.ScheduledAction.edit;
import static io.cloudelements.connectwise.schedule.Setups.existing;

import io.cloudelements.connectwise.schedule.Expectation.ReadyWhen;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What happens to a token Secret that a backup brings back without its owner. The name of the
 * instance changes at the same moment, so that the service is asked.
 */
enum RestoredSecretScenario implements Script {
  RESTORED_SECRET(ready(1), existing(), List.of(restore(false, UnaryOperator.identity()))),
  RESTORED_SECRET_OF_LOST_INSTANCE(
      recreated(), existing(), List.of(restore(true, UnaryOperator.identity()))),
  RESTORED_SECRET_OF_LOST_INSTANCE_PLANNED(
      recreated(),
      existing(),
      List.of(
          edit("set managementPolicy: Plan", d -> d.managementPolicy = "Plan"),
          restore(true, UnaryOperator.identity()),
          edit("set managementPolicy: Manage", d -> d.managementPolicy = "Manage"))),
  RESTORED_SECRET_OF_ANOTHER(
      either(1, 2), existing(), List.of(restore(true, RestoredSecretScenario::ofAnother)));

  private final Course course;

  RestoredSecretScenario(
      Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
    this.course = new Course(expectation, setup, actions);
  }

  @Override
  public Course course() {
    return course;
  }

  /**
   * Ready, unless a reconcile made the next instance by a view that is older than the restored
   * Secret: such a Secret is met at the delivery, and is a conflict for a person.
   */
  private static Expectation recreated() {
    return new Expectation(1, 1, ReadyWhen.EITHER, 2, 2, false).orUnknowable(1, 2);
  }

  private static ScheduledAction restore(boolean lost, UnaryOperator<Secret> change) {
    return new ScheduledAction(
        "restore the token Secret without its owner"
            + (lost ? ", while the instance is gone" : "")
            + ", and change the name",
        world -> {
          if (lost) {
            ScheduledAction.deleteInstance().act().accept(world);
          }
          world
              .cluster()
              .secret(ScheduledService.TOKEN_SECRET)
              .map(RestoredSecretScenario::withoutOwner)
              .map(change)
              .ifPresent(secret -> world.cluster().putSecret(secret, true));
          world.cluster().edit(d -> d.name = "Other");
        });
  }

  private static Secret withoutOwner(Secret secret) {
    return new SecretBuilder(secret)
        .editMetadata()
        .withOwnerReferences()
        .withUid("00000000-0000-4000-9000-000000000001")
        .endMetadata()
        .build();
  }

  /** Of the instance of a resource that is not there any more. */
  private static Secret ofAnother(Secret secret) {
    return withInstance(secret, "4711");
  }

  /** A token Secret that says it has the token of that instance. */
  static Secret withInstance(Secret secret, String id) {
    return new SecretBuilder(secret)
        .addToData(
            "instance-id", Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
