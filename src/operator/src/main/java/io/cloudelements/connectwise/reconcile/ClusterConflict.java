package io.cloudelements.connectwise.reconcile;

/**
 * Somebody else wrote first, or the object is gone: this reconcile rests on an old view and must
 * end.
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
