package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.Expectation.gone;
import static io.cloudelements.connectwise.schedule.Expectation.notReady;
import static io.cloudelements.connectwise.schedule.ScheduledAction.delete;

import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.schedule.AccountDraft.Allowed;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to a resource that is deleted together with many others of its account. */
enum DeletionScenario implements AccountScript {
  DELETED_WITH_MANY(notReady(1, 1), amongDeleted(), List.of(delete())),
  DELETED_WITH_MANY_THAT_GO(
      notReady(1, 1).orUnknowable(1, 1), amongDeleted(), List.of(delete(), othersGo())),
  DELETED_WITH_MANY_AND_CONFIRMED(gone(1, 1), amongDeleted(), List.of(delete(), confirm())),
  DELETED_WITH_MANY_AND_TRUE_IS_SAID(notReady(1, 1), amongDeleted(), List.of(delete(), saysTrue())),
  DELETED_WITH_MANY_AND_ALL_CONFIRMED(
      gone(1, 1), amongDeletedTenants(), List.of(delete(), confirmAll()));

  private static final int OTHERS = 3;

  private final Course course;

  DeletionScenario(
      Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
    this.course = new Course(expectation, setup, actions);
  }

  @Override
  public Course course() {
    return course;
  }

  private static List<ScheduledAction> amongDeleted() {
    return Stream.concat(Setups.existing().stream(), Stream.of(othersAreDeleted(Optional.empty())))
        .toList();
  }

  private static List<ScheduledAction> amongDeletedTenants() {
    AccountReference account =
        new AccountReference(AccountObjects.ID.name(), AccountObjects.ID.namespace());
    return List.of(
        ScheduledAction.credentials(),
        AccountAction.account("for everybody", d -> d.allowed = Allowed.everybody()),
        AccountAction.secrets(),
        AccountAction.tenant(),
        othersAreDeleted(Optional.of(account)));
  }

  private static ScheduledAction othersAreDeleted(Optional<AccountReference> account) {
    return new ScheduledAction(
        "delete " + OTHERS + " other resources of the account",
        world -> {
          world.massDeletion().begins();
          for (int i = 0; i < OTHERS; i++) {
            world.accounts().neighbours().add(Neighbours.deleted(i, account));
          }
        });
  }

  private static ScheduledAction othersGo() {
    return new ScheduledAction(
        "the others are confirmed, and gone",
        world -> {
          // before, the process that lets them go would count them
          if (world.cluster().resource().filter(DeletionScenario::isHeld).isPresent()) {
            world.accounts().neighbours().clear();
          }
        });
  }

  private static boolean isHeld(ConnectWiseInstance resource) {
    return StatusReader.recorded(resource).deletionHeld();
  }

  private static ScheduledAction confirm() {
    return new ScheduledAction(
        "annotate " + Confirmation.DELETE.annotation() + " with the id of the instance",
        world -> {
          world.massDeletion().isConfirmed();
          long id = world.service().ours().getFirst().id();
          world.cluster().annotate(Confirmation.DELETE.annotation(), Long.toString(id));
        });
  }

  private static ScheduledAction saysTrue() {
    return new ScheduledAction(
        "annotate " + Confirmation.DELETE.annotation() + "=true",
        world -> world.cluster().annotate(Confirmation.DELETE.annotation(), "true"));
  }

  private static ScheduledAction confirmAll() {
    return new ScheduledAction(
        "account: annotate " + Confirmation.DELETE.annotation() + " with the number of all",
        world -> {
          world.massDeletion().isConfirmed();
          world.accounts().annotate(Confirmation.DELETE.annotation(), Integer.toString(OTHERS + 1));
        });
  }
}
