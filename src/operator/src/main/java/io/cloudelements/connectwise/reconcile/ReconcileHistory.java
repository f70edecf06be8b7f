package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.util.Optional;

/**
 * What a reconcile knows of the earlier ones of its resource.
 *
 * @param credentials with which an earlier reconcile of this process worked; deletion may need them
 * @param failures how many reconciles failed in a row
 * @param unfinishedChange whether the last of them was to carry out a user's change, which may show
 *     nowhere else
 * @param nextFullCheck until the service is to be asked although nothing has changed; zero: now;
 *     empty: this process has not checked yet, and does not know when it is due
 * @param unwritten what the last reconcile could not write to the cluster
 * @param fulfilled the spec that the last reconcile found fulfilled; empty: it did not, or is
 *     unknown
 */
public record ReconcileHistory(
    Optional<CredentialsResult.Complete> credentials,
    int failures,
    boolean unfinishedChange,
    Optional<Duration> nextFullCheck,
    Optional<UnwrittenOutcome> unwritten,
    Optional<FulfilledSpec> fulfilled) {

  /** Of a resource that this process has not reconciled yet. */
  public static final ReconcileHistory NONE =
      new ReconcileHistory(
          Optional.empty(), 0, false, Optional.empty(), Optional.empty(), Optional.empty());

  /** The same after a change that may heal what has failed. */
  ReconcileHistory withoutFailures() {
    return new ReconcileHistory(credentials, 0, false, nextFullCheck, unwritten, fulfilled);
  }

  /** The same where what an earlier reconcile worked with may not be used any more. */
  ReconcileHistory withoutCredentials() {
    return new ReconcileHistory(
        Optional.empty(), failures, unfinishedChange, nextFullCheck, unwritten, fulfilled);
  }

  ReconcileHistory withNextFullCheck(Optional<Duration> time) {
    return new ReconcileHistory(
        credentials, failures, unfinishedChange, time, unwritten, fulfilled);
  }
}
