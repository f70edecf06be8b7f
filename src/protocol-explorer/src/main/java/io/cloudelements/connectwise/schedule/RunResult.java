package io.cloudelements.connectwise.schedule;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a run went.
 *
 * @param calls the operator's port calls since the first action, in order
 * @param attempts reconciles, with those that were skipped
 * @param reconciles numbers of the reconciles that could be disturbed and were not skipped
 * @param fired the disturbances that came to pass; others were planned for calls that never were
 */
record RunResult(
    Schedule schedule,
    Optional<OracleViolation> violation,
    List<PortCall> calls,
    int attempts,
    List<Integer> reconciles,
    Set<Disturbance> fired) {}
