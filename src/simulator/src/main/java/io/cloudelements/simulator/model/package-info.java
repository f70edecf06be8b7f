/**
 * A pure model of the Cloud Elements platform API as far as element instances of ConnectWise go: a
 * state, and a function from a request to a new state and a response.
 *
 * <p>It reads no clock, starts no thread and opens no socket. The same requests in the same order
 * give the same ids, tokens and answers. Where the real service's behaviour was never verified,
 * {@link io.cloudelements.simulator.model.Behaviour} has a switch. "Contract" in the comments is
 * the written description of the service, which is kept beside this repository.
 */
package io.cloudelements.simulator.model;
