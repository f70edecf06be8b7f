/**
 * A simulator of the Cloud Elements platform for tests and demonstrations.
 *
 * <p>{@link io.cloudelements.simulator.Simulator} is the model of {@code simulator.platform} with
 * the faults of {@code simulator.fault} and a journal of all calls, to be used in memory; {@link
 * io.cloudelements.simulator.SimulatorServer} puts it on a socket, and {@link
 * io.cloudelements.simulator.SimulatorMain} makes that a program.
 */
package io.cloudelements.simulator;
