package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.HeldDeletions;
import io.cloudelements.connectwise.instance.BoundedText;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The next status of an account. Equal facts give an equal status, so that an account that has not
 * changed is never written.
 */
public final class AccountStatusComposer {
  private static final int MAX_MESSAGE = 1024;

  private AccountStatusComposer() {}

  /**
   * @param use as it is now
   * @param counted whether it is written; otherwise the counts stay as they were, and so does a
   *     message that tells them
   */
  public static CloudElementsAccountStatus compose(
      CloudElementsAccount account,
      AccountCheckResult result,
      AccountUse use,
      boolean counted,
      Instant now) {
    DeletionConfirmation confirmation = new DeletionConfirmation(account);
    Optional<HeldDeletions> deletions = confirmation.next(use.heldDeletions(), counted);
    Optional<AccountUse> written = Optional.of(use).filter(_ -> counted);
    AccountFacts before = AccountFacts.of(account);
    Optional<AccountCheckResult.Verified> verified = result.verified();
    Optional<AccountOrganization> organization =
        verified.flatMap(AccountCheckResult.Verified::organization).or(before::organization);
    return new CloudElementsAccountStatus(
        account.getMetadata().getGeneration(),
        organization.orElse(null),
        verified.map(known -> known.account().fingerprint()).or(before::fingerprint).orElse(null),
        verified
            .map(known -> known.account().revision(account.getMetadata().getUid()))
            .or(before::verified)
            .orElse(null),
        written.map(AccountUse::counts).or(before::counts).orElse(null),
        written.map(AccountUse::namespaces).or(before::namespaces).orElse(null),
        deletions.orElse(null),
        AccountCheck.requestedAt(account).orElse(null),
        conditions(
            account,
            asTold(before, result)
                .filter(_ -> !counted)
                .orElseGet(() -> result.adding(confirmation.message(deletions))),
            now));
  }

  private static Optional<AccountCheckResult> asTold(
      AccountFacts before, AccountCheckResult result) {
    return before
        .ready()
        .filter(_ -> result.reason() == AccountReason.IN_USE)
        .filter(ready -> ready.getReason().equals(AccountReason.IN_USE.label()))
        .map(ready -> AccountCheckResult.of(result.reason(), ready.getMessage()));
  }

  /**
   * Why an account stays although it is to be deleted.
   *
   * @param opened whether what opens it is known; the process that knew it may have ended after the
   *     Secret
   */
  public static AccountCheckResult inUse(AccountUse use, boolean opened) {
    String examples =
        use.examples().stream().map(Object::toString).collect(Collectors.joining(", "));
    return AccountCheckResult.of(
        AccountReason.IN_USE,
        "Deletion waits for "
            + use.counts().total()
            + " resources that use this account, such as "
            + examples
            + (opened
                ? ". Delete them, or let them use another account; their deletion still works."
                : ". It cannot be opened, since its Secret does not have what the service accepted"
                    + " last. Restore that; or, where this namespace is being deleted too and"
                    + " nothing can be created in it, let them use another account with the same"
                    + " secrets (spec.accountRef)."));
  }

  private static List<Condition> conditions(
      CloudElementsAccount account, AccountCheckResult result, Instant now) {
    List<Condition> all = new ArrayList<>();
    all.add(condition(account, AccountFacts.READY, result.reason().ready(), result, now));
    switch (result.reason().progress()) {
      case RECONCILING -> all.add(condition(account, "Reconciling", "True", result, now));
      case STALLED -> all.add(condition(account, "Stalled", "True", result, now));
      case NONE -> {}
    }
    return all;
  }

  private static Condition condition(
      CloudElementsAccount account,
      String type,
      String status,
      AccountCheckResult result,
      Instant now) {
    Optional<Condition> before =
        Optional.ofNullable(account.getStatus())
            .flatMap(known -> AccountFacts.condition(known, type));
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(result.reason().label())
        .withMessage(BoundedText.of(result.message(), MAX_MESSAGE))
        .withObservedGeneration(account.getMetadata().getGeneration())
        .withLastTransitionTime(
            before
                .filter(condition -> status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString()))
        .build();
  }
}
