package io.cloudelements.connectwise.schedule;

import java.util.ArrayList;
import java.util.List;

/** A scenario, and everything that disturbs it. Running it twice gives the same run twice. */
record Schedule(Script scenario, Profile profile, List<Disturbance> disturbances) {
  Schedule {
    disturbances = List.copyOf(disturbances);
  }

  static Schedule undisturbed(Script scenario) {
    return new Schedule(scenario, Profile.DOCUMENTED, List.of());
  }

  Schedule and(Disturbance further) {
    List<Disturbance> all = new ArrayList<>(disturbances);
    all.add(further);
    return new Schedule(scenario, profile, all);
  }

  Schedule with(List<Disturbance> others) {
    return new Schedule(scenario, profile, others);
  }

  Schedule under(Profile other) {
    return new Schedule(scenario, other, disturbances);
  }

  @Override
  public String toString() {
    return scenario.name() + ", service " + profile + ", " + disturbances;
  }
}
