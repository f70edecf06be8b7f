package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.secret.CredentialsResult;
import java.util.Optional;

/** A defect of the operator, the cause, ended a reconcile that may have made an instance. */
public final class ReconcileDefect extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<CredentialsResult.Complete> credentials;

  ReconcileDefect(Throwable cause, Optional<CredentialsResult.Complete> credentials) {
    super(cause);
    this.credentials = credentials;
  }

  /** What the reconcile worked with; empty where it had not come that far. */
  public Optional<CredentialsResult.Complete> credentials() {
    return credentials;
  }
}
