package io.cloudelements.connectwise.why;

import java.util.Optional;
import java.util.Set;

/**
 * What a pod says of the Secrets that it refers to.
 *
 * @param workload kind and name of what the pod belongs to, such as {@code Deployment help-desk}
 * @param secrets by name
 * @param waiting what a container says that cannot start because of its configuration
 */
public record PodSecrets(String workload, Set<String> secrets, Optional<String> waiting) {}
