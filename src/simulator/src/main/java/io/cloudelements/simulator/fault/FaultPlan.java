package io.cloudelements.simulator.fault;

import io.cloudelements.simulator.model.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is in store for one call.
 *
 * @param view what its reads see
 * @param delay how long the service works on it
 * @param revokesUser whether its user is revoked first
 * @param outcome what else happens to it
 * @param faults all faults that struck, for the journal
 */
public record FaultPlan(
    View view,
    Duration delay,
    boolean revokesUser,
    Optional<Fault.OutcomeFault> outcome,
    List<Fault> faults) {

  /** Nothing goes wrong. */
  public static final FaultPlan NONE =
      new FaultPlan(View.TRUE, Duration.ZERO, false, Optional.empty(), List.of());
}
