package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DriftedField;

/** Something that happened in a reconcile and that is worth counting. */
public sealed interface ReconcileEvent {

  /** The resource is ready, and no earlier reconcile had delivered a token for it. */
  record FirstReady() implements ReconcileEvent {}

  /** An instance took the place of one that was gone. */
  record Recreated() implements ReconcileEvent {}

  /** From now on the resource waits for a person to confirm its recreation. */
  record RecreationHeld() implements ReconcileEvent {}

  /** From now on the resource waits for a person to confirm its deletion. */
  record DeletionHeld() implements ReconcileEvent {}

  /** A token Secret that had been delivered was missing or changed, and is written anew. */
  record TokenSecretRepaired() implements ReconcileEvent {}

  /** A resource that was ready and has not changed since differs from its instance. */
  record DriftFound(DriftedField field) implements ReconcileEvent {}

  /** The service shows the instance as it should be again. */
  record DriftRepaired(DriftedField field) implements ReconcileEvent {}

  /** The API server did not take a write. */
  record ClusterWriteFailed(ClusterWriteFailure failure) implements ReconcileEvent {}
}
