package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * Every write a reconcile makes to the cluster. Each is guarded: where another writer was first it
 * throws {@link ClusterConflict}. A write that the API server refuses for another reason throws
 * {@link ClusterWriteException}.
 */
public interface ClusterWrites {

  /** The finalizer of this operator. */
  String FINALIZER = "cloudelements.io/element-instance";

  /** By which a person deletes a resource and keeps what it controls. */
  String ORPHAN = "orphan";

  /**
   * Applies the finalizer. One that is there is sent too: it leaves the version as it is, and its
   * guard tells whether that version is the latest.
   *
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

  /**
   * Replaces a Secret that was read before, with its version in its metadata. An equal one is sent
   * too: it leaves the version as it is, and its guard tells whether that version is the latest.
   */
  void replaceSecret(Secret repaired);

  /** Deletes exactly the Secret that was read before. */
  void deleteSecret(Secret existing);

  /** What the API server has now, after a conflict; empty when it is gone or another resource. */
  Optional<ConnectWiseInstance> latest(ResourceRef resource);

  /** What the API server has now under the name of this Secret, after a conflict. */
  Optional<Secret> latest(Secret secret);

  /** Publishes an event about the resource. Never fails. */
  void publish(ResourceRef resource, EventRecord event);
}
