/**
 * The promises of {@code docs/reliability.md} kept by processes: the operator as it is shipped, on
 * a real API server, killed, frozen, cut off and left without its memory.
 */
package io.cloudelements.connectwise.crash;
