package io.cloudelements.connectwise.reconcile;

/**
 * Another writer was first, or the object is gone: this reconcile has an old version and must end.
 */
public final class ClusterConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterConflict(String what, Throwable cause) {
    super(what, cause);
  }

  public ClusterConflict(String what) {
    super(what);
  }
}
