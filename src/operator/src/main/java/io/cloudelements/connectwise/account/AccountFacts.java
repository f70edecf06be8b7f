package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.HeldDeletions;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the status of an account records. Here, and nowhere else, its nulls become values.
 *
 * @param organization that its secrets opened first
 * @param fingerprint as resources record it
 * @param verified the revision of the secrets that the service accepted last
 * @param use what its resources make of it
 * @param handledRequest the requested reconcile that was reported last
 * @param ready what is said of it
 */
public record AccountFacts(
    Optional<AccountOrganization> organization,
    Optional<String> fingerprint,
    Optional<String> verified,
    Use use,
    Optional<String> handledRequest,
    Optional<Condition> ready) {
  static final String READY = "Ready";

  /**
   * @param counts how many resources use it
   * @param namespaces how many use it
   * @param deletions of its resources that are held
   */
  public record Use(
      Optional<InstanceCounts> counts,
      Optional<Integer> namespaces,
      Optional<HeldDeletions> deletions) {}

  public static AccountFacts of(CloudElementsAccount account) {
    Optional<CloudElementsAccountStatus> status = Optional.ofNullable(account.getStatus());
    return new AccountFacts(
        value(status, CloudElementsAccountStatus::organization),
        value(status, CloudElementsAccountStatus::fingerprint),
        value(status, CloudElementsAccountStatus::credentialsRevision),
        new Use(
            value(status, CloudElementsAccountStatus::instances),
            value(status, CloudElementsAccountStatus::namespaces),
            value(status, CloudElementsAccountStatus::deletions)),
        value(status, CloudElementsAccountStatus::lastHandledReconcileAt),
        status.flatMap(known -> condition(known, READY)));
  }

  /** Why it is as it is; empty where another version said it, or none yet. */
  public Optional<AccountReason> reason() {
    return ready.map(Condition::getReason).flatMap(AccountReason::ofLabel);
  }

  /** How many resources use it. */
  public Optional<InstanceCounts> counts() {
    return use.counts();
  }

  /** How many namespaces use it. */
  public Optional<Integer> namespaces() {
    return use.namespaces();
  }

  /** Until when the deletions were asked for that its owner confirmed. */
  public Optional<Instant> deletionsConfirmed() {
    return use.deletions().flatMap(DeletionConfirmation::confirmedUntil);
  }

  static Optional<Condition> condition(CloudElementsAccountStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  private static <T> Optional<T> value(
      Optional<CloudElementsAccountStatus> status,
      Function<CloudElementsAccountStatus, @Nullable T> field) {
    return status.map(field);
  }
}
