package io.cloudelements.connectwise.instance;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A part of an instance that may differ from what the resource says. */
public enum DriftedField {
  NAME,
  TAGS,
  CONFIGURATION,
  ENABLED;

  /**
   * What changed at the service alone since a reconcile left the instance as this generation wants
   * it. A configuration that was not sent yet is a change of a Secret, which no generation tells
   * of.
   */
  public static Set<DriftedField> since(
      Recorded before, DesiredInstance desired, RemoteInstance instance) {
    if (!before.inSync()) {
      return EnumSet.noneOf(DriftedField.class);
    }
    Set<DriftedField> drifted = between(desired, instance);
    String wanted = desired.configuration().fingerprint(instance.token());
    if (!before.configurationHash().equals(Optional.of(wanted))) {
      drifted.remove(CONFIGURATION);
    }
    return drifted;
  }

  /**
   * What differs, as far as the service shows it: what it does not answer, or masks, is equal to
   * everything.
   */
  public static Set<DriftedField> between(DesiredInstance desired, RemoteInstance instance) {
    Set<DriftedField> differing = EnumSet.noneOf(DriftedField.class);
    if (instance.name().filter(name -> !name.equals(desired.name())).isPresent()) {
      differing.add(NAME);
    }
    if (instance.tags().filter(tags -> !tags.equals(desired.tags())).isPresent()) {
      differing.add(TAGS);
    }
    if (!desired.configuration().differing(instance.configuration()).isEmpty()) {
      differing.add(CONFIGURATION);
    }
    if (desired
        .enabled()
        .filter(wanted -> instance.disabled().filter(wanted::equals).isPresent())
        .isPresent()) {
      differing.add(ENABLED);
    }
    return differing;
  }
}
