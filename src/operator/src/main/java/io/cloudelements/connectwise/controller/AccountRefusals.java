package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.AccountObjectWrites;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.EventRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells what the API server refuses of an account object by an event: its status may be what cannot
 * be written. Each refusal once, until the API server says something else or lets a reconcile end.
 */
final class AccountRefusals {
  private final AccountObjectWrites writes;

  /** By the uid of the account. */
  private final Map<String, ClusterWriteFailure> told = new ConcurrentHashMap<>();

  AccountRefusals(AccountObjectWrites writes) {
    this.writes = writes;
  }

  void tell(CloudElementsAccount account, ClusterWriteFailure refused) {
    Optional<ClusterWriteFailure> before = Optional.ofNullable(told.put(uid(account), refused));
    if (!before.equals(Optional.of(refused))) {
      writes.publish(
          account,
          EventRecord.warning(
              Reason.CLUSTER_WRITE_REFUSED.label(),
              refused
                  + ". Change the policy, quota or right that is in the way; the operator tries"
                  + " again by itself."));
    }
  }

  /** A reconcile succeeded, or the account is gone. */
  void over(CloudElementsAccount account) {
    told.remove(uid(account));
  }

  private static String uid(CloudElementsAccount account) {
    return account.getMetadata().getUid();
  }
}
