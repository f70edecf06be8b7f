/**
 * The benchmark: {@code ./mvnw -Pbench verify}. It measures processes from outside, on a real
 * control plane, and asserts nothing: exact counts belong to the tests.
 */
package io.cloudelements.connectwise.bench;
