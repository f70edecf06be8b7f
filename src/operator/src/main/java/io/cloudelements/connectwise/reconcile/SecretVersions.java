package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Optional;
import java.util.Set;

/**
 * What the watch on Secrets shows. It may lag behind the API server, but then an event is still to
 * come, and with it a reconcile.
 */
public interface SecretVersions {
  /**
   * Whether the watch has seen all the Secrets there are. Where it has not, a missing version
   * proves nothing.
   */
  boolean isSynced();

  /** The version of a Secret, if there is one as far as the watch has come. */
  Optional<String> version(ResourceId secret);

  /**
   * Names of the generated Secrets that this very resource controls, as far as the watch has come.
   */
  Set<String> ownedBy(ConnectWiseInstance resource);
}
