/** What can go wrong between a client and the platform, and rules for when it does. */
package io.cloudelements.simulator.fault;
