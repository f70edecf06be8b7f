/** The whole operator as a process of its own, against a real API server and the simulator. */
package io.cloudelements.connectwise.operator;
