package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;

/**
 * The writes to an account object. Each names the version that it is about, so that the API server
 * refuses it when the account has changed since; the next reconcile then decides anew.
 */
public interface AccountObjectWrites {
  /** Keeps an account until no resource uses it. */
  String FINALIZER = "cloudelements.io/account-in-use";

  /** Answers with the account as it is then. */
  CloudElementsAccount addFinalizer(CloudElementsAccount account);

  void removeFinalizer(CloudElementsAccount account);

  /** Answers with the account as it is then. */
  CloudElementsAccount writeStatus(CloudElementsAccount account, CloudElementsAccountStatus status);

  /** Tells people; may be lost. */
  void publish(CloudElementsAccount account, EventRecord event);
}
