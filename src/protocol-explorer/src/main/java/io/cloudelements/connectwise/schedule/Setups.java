package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.ScheduledAction.adopting;
import static io.cloudelements.connectwise.schedule.ScheduledAction.annotate;
import static io.cloudelements.connectwise.schedule.ScheduledAction.create;
import static io.cloudelements.connectwise.schedule.ScheduledAction.createdByHand;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentials;

import io.cloudelements.connectwise.instance.Confirmation;
import java.util.List;

/** What is there before a scenario begins. */
final class Setups {
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

  static List<ScheduledAction> takingOver() {
    return List.of(adopting(), annotate(Confirmation.TAKE_OVER, ScheduledService.FIRST_HAND_MADE));
  }
}
