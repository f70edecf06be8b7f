package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.AccountAction.account;
import static io.cloudelements.connectwise.schedule.AccountAction.applicationSecret;
import static io.cloudelements.connectwise.schedule.AccountAction.tenant;
import static io.cloudelements.connectwise.schedule.ScheduledAction.adopting;
import static io.cloudelements.connectwise.schedule.ScheduledAction.annotate;
import static io.cloudelements.connectwise.schedule.ScheduledAction.create;
import static io.cloudelements.connectwise.schedule.ScheduledAction.createdByHand;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentials;

import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.schedule.AccountDraft.Allowed;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is there before a scenario begins. */
final class Setups {
  /** What an application needs of a token Secret to call the service. */
  static final Map<String, String> HEADER =
      Map.of("AUTHORIZATION", "$(authorization)", "ID", "instance $(instanceId)");

  private Setups() {}

  static List<ScheduledAction> secrets() {
    return List.of(credentials());
  }

  static List<ScheduledAction> existing() {
    return List.of(credentials(), create());
  }

  static List<ScheduledAction> existingBesideHandMade() {
    return List.of(credentials(), create(), createdByHand());
  }

  static List<ScheduledAction> retaining() {
    return List.of(credentials(), create("retained", d -> d.deletionPolicy = "Retain"));
  }

  static List<ScheduledAction> adoptable() {
    return List.of(credentials(), createdByHand());
  }

  /** A resource with its own secrets, whose token Secret has further keys. */
  static List<ScheduledAction> templated() {
    return List.of(credentials(), create("with a template", d -> d.template = HEADER));
  }

  /** An account object, and what opens it. */
  static List<ScheduledAction> with(ScheduledAction account) {
    return List.of(credentials(), account, AccountAction.secrets());
  }

  /** One that the resource's namespace may use. */
  static List<ScheduledAction> given() {
    return with(account(allowing()));
  }

  /** The same, in use. */
  static List<ScheduledAction> used() {
    return and(given(), tenant());
  }

  /** One that has a user for applications. */
  static List<ScheduledAction> applied() {
    return and(
        with(
            account("with a user for applications", allowing().andThen(d -> d.application = true))),
        applicationSecret(PlatformAccount.APPLICATION_USER));
  }

  static Consumer<AccountDraft> allowing() {
    return d -> d.allowed = Allowed.byNames(Cluster.NAMESPACE);
  }

  static List<ScheduledAction> and(List<ScheduledAction> before, ScheduledAction... more) {
    return Stream.concat(before.stream(), Stream.of(more)).toList();
  }

  static List<ScheduledAction> takingOver() {
    return List.of(adopting(), annotate(Confirmation.TAKE_OVER, ScheduledService.FIRST_HAND_MADE));
  }
}
