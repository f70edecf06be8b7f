/**
 * Limits the calls to each account: concurrency by priority, turns by namespace, {@code
 * Retry-After}, circuit breaker.
 */
@org.jspecify.annotations.NullMarked
package io.cloudelements.connectwise.ratelimit;
