package io.cloudelements.connectwise.schedule;

import java.util.Optional;

/** Asks every oracle after every step, and keeps what they need to know of the past. */
final class Judge {
  private static final Oracle[] ORACLES = Oracle.values();

  private final Script scenario;
  private boolean letGo;
  private boolean statusLost;
  private boolean secondReplica;
  private boolean outdatedSent;
  private int outOfBounds;

  Judge(Script scenario) {
    this.scenario = scenario;
  }

  /** The status was emptied: what it alone recorded is lost for good. */
  void statusIsLost() {
    statusLost = true;
  }

  void secondReplicaLeads() {
    secondReplica = true;
  }

  /** The service broke an assumption, which one more instance may come of. */
  void serviceBrokeAnAssumption() {
    outOfBounds++;
  }

  /**
   * @throws OracleViolation when an oracle objects
   */
  void after(Step step, World world, Optional<ScheduledOperator.Gathered> running) {
    if (step instanceof Step.FinalizerRemoved(var resource)) {
      letGo |= Asked.keepsInstance(resource.getSpec());
    }
    if (step instanceof Step.StatusWritten(var _, var after) && Statuses.ready(after)) {
      world.service().marked().wasReady(after.instanceId());
    }
    Evidence evidence = evidence(world, running, 0);
    if (step instanceof Step.RequestSent sent && sent.configures()) {
      outdatedSent = evidence.outdatedCredentials() && secondReplica;
    }
    for (Oracle oracle : ORACLES) {
      oracle.after(step, evidence).ifPresent(what -> reportViolation(oracle, what));
    }
  }

  /**
   * @param neverConverged writes and effects while nothing happened any more
   * @throws OracleViolation when an oracle objects
   */
  void converged(World world, int neverConverged) {
    Evidence evidence = evidence(world, Optional.empty(), neverConverged);
    for (Oracle oracle : ORACLES) {
      oracle.converged(evidence).ifPresent(what -> reportViolation(oracle, what));
    }
  }

  private static void reportViolation(Oracle oracle, String what) {
    throw new OracleViolation(oracle, what);
  }

  private Evidence evidence(
      World world, Optional<ScheduledOperator.Gathered> running, int neverConverged) {
    return new Evidence(
        world,
        scenario.expectation(statusLost),
        running,
        outOfBounds,
        letGo,
        neverConverged,
        statusLost,
        outdatedSent);
  }
}
