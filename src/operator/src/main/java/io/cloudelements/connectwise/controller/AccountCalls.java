package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;

/**
 * The calls of account objects. They wait for a permit and for the service with no place in which
 * reconciles begin: a tenant with many account objects would otherwise hold those of all.
 */
public record AccountCalls(RateLimitedInstancesApi instances, ReconcileExecutor threads)
    implements InstancesApi {
  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    threads.hasBegun();
    return instances.call(access, call);
  }
}
