package io.cloudelements.connectwise.reconcile;

/**
 * The API server did not take a write. It has no cause: a client's exception may quote what was
 * written.
 */
public final class ClusterWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ClusterWriteFailure failure;

  public ClusterWriteException(ClusterWriteFailure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  public ClusterWriteFailure failure() {
    return failure;
  }
}
