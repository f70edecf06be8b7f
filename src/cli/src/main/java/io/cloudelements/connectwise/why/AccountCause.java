package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The cause of a resource whose account object is in the way. */
final class AccountCause {
  /** What the account object's own status says more about. */
  private static final Set<Reason> OF_ACCOUNT =
      EnumSet.of(
          Reason.WAITING_FOR_ACCOUNT,
          Reason.ACCOUNT_NOT_READY,
          Reason.ACCOUNT_NOT_USABLE,
          Reason.NOT_PERMITTED,
          Reason.SUSPENDED,
          Reason.ACCOUNT_REJECTED,
          Reason.ACCESS_DENIED,
          Reason.ACCOUNT_CHANGED);

  /**
   * Reasons that are corrected in the account's namespace: nothing harmless in the resource's own
   * namespace would.
   */
  private static final Set<Reason> OF_OWNER =
      EnumSet.of(
          Reason.ACCOUNT_NOT_READY,
          Reason.SUSPENDED,
          Reason.ACCOUNT_REJECTED,
          Reason.ACCESS_DENIED,
          Reason.ACCOUNT_CHANGED);

  /** Reasons that the owner's terms decide, in any state of the account. */
  private static final Set<Reason> OF_TERMS =
      EnumSet.of(Reason.ACCOUNT_NOT_USABLE, Reason.NOT_PERMITTED);

  private static final String SHOWS_ACCOUNT = "kubectl -n OWNER describe cea ACCOUNT";

  private AccountCause() {}

  /** Empty where the resource's own status says as much. */
  static Optional<BlockingCause> of(Reason reason, String message, WhyFacts facts) {
    return facts
        .account()
        .filter(_ -> !facts.spec().suspended())
        .flatMap(account ->
            switch (account) {
              case Sight.Visible<CloudElementsAccount>(CloudElementsAccount known) ->
                  Optional.of(known)
                      .filter(_ -> OF_ACCOUNT.contains(reason))
                      .map(seen -> seen(reason, message, seen));
              case Sight.Forbidden<CloudElementsAccount> _, Sight.Missing<CloudElementsAccount> _ ->
                  Optional.of(reason)
                      .filter(OF_OWNER::contains)
                      .map(known -> unseen(known, message, facts));
            });
  }

  /** The account's own status says why, to the one who may read it. */
  private static BlockingCause seen(Reason reason, String message, CloudElementsAccount account) {
    Optional<Condition> ready = AccountFacts.of(account).ready();
    return ready
        .filter(known ->
            !AccountReason.VERIFIED.label().equals(known.getReason()) && !OF_TERMS.contains(reason))
        .map(problem -> ofProblem(problem, account))
        .orElseGet(() -> cause(reason.label(), text(reason, ready.isPresent()), message, account));
  }

  private static BlockingCause ofProblem(Condition problem, CloudElementsAccount account) {
    return cause(
        problem.getReason(),
        AccountReason.ofLabel(problem.getReason())
            .map(ReasonText::of)
            .orElseGet(() -> ReasonText.of(Reason.ACCOUNT_NOT_READY)),
        "CloudElementsAccount "
            + AccountTerms.id(account)
            + " is not ready: "
            + problem.getMessage(),
        account);
  }

  private static ReasonText text(Reason reason, boolean lookedAt) {
    return reason == Reason.WAITING_FOR_ACCOUNT
        ? ReasonText.of(lookedAt ? Reason.ACCOUNT_NOT_USABLE : Reason.ACCOUNT_NOT_READY)
        : ofAccount(reason);
  }

  /** About the account, where its conditions can have the reason too. */
  private static ReasonText ofAccount(Reason reason) {
    return AccountReason.ofLabel(reason.label())
        .map(ReasonText::of)
        .orElseGet(() -> ReasonText.of(reason));
  }

  private static BlockingCause cause(
      String reason, ReasonText text, String message, CloudElementsAccount account) {
    return new BlockingCause(
        reason,
        LinkName.ACCOUNT,
        false,
        text.meaning(),
        message,
        text.remedy(),
        CommandWords.ofAccount(account, message).fill(text.command()));
  }

  /** For a person who can do nothing but pass it on. */
  private static BlockingCause unseen(Reason reason, String message, WhyFacts facts) {
    return new BlockingCause(
        reason.label(),
        LinkName.ACCOUNT,
        false,
        ofAccount(reason).meaning(),
        message,
        "Pass the message on to the owner of CloudElementsAccount "
            + facts.spec().accountRef().orElseThrow()
            + ", who can mend it. The command shows the owner the account and its Secret's name.",
        CommandWords.ofResource(facts, LinkName.ACCOUNT, message).fill(SHOWS_ACCOUNT));
  }
}
