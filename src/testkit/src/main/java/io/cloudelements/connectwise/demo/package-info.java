/** {@code ./demo}: everything on one machine, shown step by step. */
package io.cloudelements.connectwise.demo;
