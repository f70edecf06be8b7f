package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Optional;

/** Why a resource cannot use the account object that it refers to, and what to do about it. */
public final class AccountOutcomes {
  private AccountOutcomes() {}

  /** What is in the way; empty when nothing is. */
  static Optional<Outcome> inTheWay(ReconcileInput input) {
    // a resource that refers to an account never falls back to its own Secrets
    return input.account() instanceof AccountSource.OwnSecrets
        ? input.spec().accountRef().map(name -> notUsable(name, input.id().namespace()))
        : inTheWay(input.account(), input.id().namespace());
  }

  /** The same for any resource of a namespace. */
  public static Optional<Outcome> inTheWay(AccountSource account, String namespace) {
    return switch (account) {
      case AccountSource.OwnSecrets _ -> Optional.empty();
      case AccountSource.Open _ -> Optional.empty();
      case AccountSource.NotUsable(var name) -> Optional.of(notUsable(name, namespace));
      case AccountSource.Limited(var name, String what) ->
          Optional.of(
              Outcome.of(
                  Reason.NOT_PERMITTED,
                  "CloudElementsAccount "
                      + name
                      + " may not be used from this namespace for "
                      + what
                      + ". Ask its owner to permit it (spec.permit of the account), or remove it"
                      + " from this resource. No call was made."));
      case AccountSource.Suspended(var name) ->
          Optional.of(
              Outcome.of(
                  Reason.SUSPENDED,
                  "CloudElementsAccount "
                      + name
                      + " is suspended by its owner (spec.suspend): no call is made until that"
                      + " ends."));
      case AccountSource.NotReady(var name, String problem) ->
          Optional.of(
              Outcome.of(
                  Reason.ACCOUNT_NOT_READY,
                  "CloudElementsAccount "
                      + name
                      + " cannot be used now: "
                      + problem
                      + ". Its own status says more, and its owner can mend it; this resource goes"
                      + " on by itself."));
    };
  }

  /** The same for an account that does not exist and for one that this namespace may not use. */
  private static Outcome notUsable(ResourceId name, String namespace) {
    return Outcome.of(
        Reason.ACCOUNT_NOT_USABLE,
        "There is no CloudElementsAccount "
            + name
            + " that namespace "
            + namespace
            + " may use. Correct spec.accountRef, or ask the account's owner to allow this"
            + " namespace (spec.allowedNamespaces of the account). No call was made.");
  }

  /**
   * @param have how many instances there are
   * @param most how many there may be
   * @param limit the field of the account that says so
   */
  static Outcome quotaReached(String account, long have, int most, String limit) {
    return Outcome.of(
        Reason.QUOTA_REACHED,
        "CloudElementsAccount "
            + account
            + " has no room for another instance: "
            + have
            + " of "
            + most
            + " ("
            + limit
            + "). Delete resources that are not needed, or ask the account's owner to raise the"
            + " limit. No call was made.");
  }
}
