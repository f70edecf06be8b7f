package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.AdmissionView;
import java.util.Optional;

/** Where the state of an account's queue comes from. */
interface AdmissionSource {
  /**
   * What is known of the account's queue.
   *
   * @param account its fingerprint; empty while none is known
   */
  AdmissionView admission(ResourceId resource, Optional<String> account);
}
