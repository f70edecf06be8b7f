package io.cloudelements.connectwise.api.v1;

/** Annotations that both kinds of resources have. */
public final class Annotations {
  /** Asks for a reconcile now; each new value asks once. */
  public static final String RECONCILE_REQUESTED_AT = "cloudelements.io/reconcile-requested-at";

  private Annotations() {}
}
