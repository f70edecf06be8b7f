package io.cloudelements.connectwise.instance;

import java.time.Instant;

/**
 * A recorded {@code POST} whose outcome is not known yet.
 *
 * @param attempt counts from 1; grows while no outcome has been learned
 * @param startedAt when it was recorded, which is before anything was sent
 */
public record Intent(int attempt, Instant startedAt) {}
