package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;

/**
 * A resource in the line of an account.
 *
 * @param account its fingerprint
 * @param position among those of its priority, as things stand; 1 is next
 */
public record QueuedResource(
    String account, ResourceId resource, Priority priority, int position) {}
