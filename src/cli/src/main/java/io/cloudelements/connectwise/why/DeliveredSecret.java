package io.cloudelements.connectwise.why;

import java.util.Optional;

/**
 * The Secret of the generated one's name.
 *
 * @param ours whether it is this resource's
 * @param instanceId the instance whose token it says it has
 */
public record DeliveredSecret(SecretKeys keys, boolean ours, Optional<Long> instanceId) {}
