package io.cloudelements.connectwise.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What settings depend on besides the environment variables, handed in so that reading them stays a
 * pure function.
 *
 * @param podNamespace content of {@code /var/run/secrets/kubernetes.io/serviceaccount/namespace},
 *     when there is such a file
 * @param readableFile whether a path names a file that can be read
 * @param allowedBaseUrl whether an allow-list (first) admits a base URL (second); the rule itself
 *     belongs to the adapter that sends the requests
 */
public record RuntimeEnvironment(
    Optional<String> podNamespace,
    Predicate<Path> readableFile,
    BiPredicate<List<String>, URI> allowedBaseUrl) {}
