package io.cloudelements.connectwise.cli;

import java.util.Optional;

/**
 * What all exported manifests have in common.
 *
 * @param namespace empty: none is named
 * @param account what opens it
 * @param credentialsSecret one for all; empty: each resource has its own, called after it
 * @param baseUrl empty: the operator's default
 * @param managementPolicy empty: the usual one
 */
record ExportSettings(
    Optional<String> namespace,
    ExportedAccount account,
    Optional<String> credentialsSecret,
    Optional<String> baseUrl,
    String deletionPolicy,
    Optional<String> managementPolicy) {

  String credentialsSecret(String resource) {
    return credentialsSecret.orElse(resource + "-connectwise");
  }
}
