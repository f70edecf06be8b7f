/**
 * The protocol under enumerated crashes, stale views and faults of the service, in memory.
 *
 * <p>A {@link io.cloudelements.connectwise.schedule.Schedule} is a scenario and what disturbs it; a
 * {@link io.cloudelements.connectwise.schedule.Run} drives the production reconciles through it;
 * the {@link io.cloudelements.connectwise.schedule.Oracle}s say what must hold.
 */
package io.cloudelements.connectwise.schedule;
