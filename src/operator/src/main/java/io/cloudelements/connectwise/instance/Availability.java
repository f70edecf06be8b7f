package io.cloudelements.connectwise.instance;

import java.util.Optional;

/**
 * Whether applications can use an instance, as the service says. A value that it did not say is
 * empty, which is not the same as false (contract §11).
 *
 * @param valid whether calls with its token are expected to succeed
 * @param disabled whether it is switched off
 */
public record Availability(Optional<Boolean> valid, Optional<Boolean> disabled) {
  public static final Availability UNKNOWN = new Availability(Optional.empty(), Optional.empty());
}
