package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.api.model.Secret;

/**
 * Every write a pass makes to the cluster. Each is guarded: where somebody else wrote first it
 * throws {@link ClusterConflict}, and the pass ends without another step.
 */
public interface ClusterWrites {

  /** The finalizer of this operator. */
  String FINALIZER = "cloudelements.io/element-instance";

  /**
   * @return the resource's new version
   */
  String addFinalizer(ResourceRef resource);

  void removeFinalizer(ResourceRef resource);

  /**
   * Replaces the whole status. An equal one is sent too: it leaves the version as it is, and its
   * guard tells whether that version is the latest.
   *
   * @return the resource's new version
   */
  String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status);

  void createSecret(Secret wanted);

  /** Replaces a Secret that was read before, with its version in its metadata. */
  void replaceSecret(Secret repaired);

  /** Deletes exactly the Secret that was read before. */
  void deleteSecret(Secret existing);

  /** Publishes an event about the resource. */
  void publish(ResourceRef resource, Notice notice);
}
