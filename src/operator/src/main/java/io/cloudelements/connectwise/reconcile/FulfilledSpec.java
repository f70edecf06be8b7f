package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Fingerprint;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.Optional;

/**
 * The spec as whose instance was reported ready last. A later one that differs in {@code
 * tokenSecret} alone asks nothing else of the service.
 *
 * @param generation of that spec
 * @param digest of its fields that concern the service
 */
record FulfilledSpec(long generation, String digest) {

  static FulfilledSpec of(ConnectWiseInstance resource) {
    return new FulfilledSpec(resource.getMetadata().getGeneration(), digest(resource));
  }

  /** Whether the spec now asks the same of the service, and nothing else was reported since. */
  boolean isSameFor(ConnectWiseInstance now) {
    return StatusReader.observedGeneration(now).equals(Optional.of(generation))
        && digest.equals(digest(now));
  }

  private static String digest(ConnectWiseInstance resource) {
    return Fingerprint.sha256(SpecDefaults.of(resource).serviceFields());
  }
}
