package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountStatusComposer;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.account.WrittenAccounts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps an account object: verifies its secrets when they are new, reports, counts its resources,
 * lets it go when none is left, and says which resources to requeue because what they may do has
 * changed.
 */
public final class AccountReconciliation {
  /** Counts are written no more often than that, also within a message. */
  static final Duration COUNTED_EVERY = Duration.ofSeconds(30);

  /** How soon after its last resource an account that is being deleted goes. */
  private static final Duration WHILE_DELETING = Duration.ofSeconds(2);

  private static final Duration CHECKED_AGAIN = Duration.ofMinutes(10);

  private static final Duration UNTIL_REACHABLE = Duration.ofSeconds(15);

  /** What the caches show of the cluster. */
  public interface AccountCaches {
    /** The resources that refer to an account, whether they may use it or not. */
    List<ConnectWiseInstance> referring(ResourceId account);

    /** Labels of a namespace; empty where namespaces cannot be read. */
    Optional<Map<String, String>> labels(String namespace);
  }

  /**
   * How a reconcile ended.
   *
   * @param again when the next one is due
   * @param woken the resources for which something has changed
   * @param permits how many its resources may have at once; empty: it opens no account
   */
  public record AccountResult(
      Duration again, List<ResourceId> woken, Optional<PermitLimit> permits) {}

  /**
   * @param fingerprint of the account
   * @param since when the account object was made, as the API server writes it
   * @param most empty: as many as any other
   */
  public record PermitLimit(String fingerprint, String since, Optional<Integer> most) {}

  /**
   * What its resources see of an account.
   *
   * @param use what changes for all of them
   * @param progress what changes for those that do not work now
   */
  private record Shown(String use, String progress) {}

  private final AccountKeyring keyring;
  private final WrittenAccounts written;
  private final AccountCaches view;
  private final AccountObjectWrites writes;
  private final AccountVerification verification;
  private final AccountCheck.BaseUrlSettings settings;
  private final InstantSource clock;
  private final Map<String, Shown> shown = new ConcurrentHashMap<>();
  private final Map<String, Instant> counted = new ConcurrentHashMap<>();

  public AccountReconciliation(
      AccountKeyring keyring,
      WrittenAccounts written,
      AccountCaches view,
      AccountObjectWrites writes,
      InstancesApi instances,
      AccountCheck.BaseUrlSettings settings,
      InstantSource clock) {
    this.keyring = keyring;
    this.written = written;
    this.view = view;
    this.writes = writes;
    this.verification = new AccountVerification(instances, clock);
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One reconcile; all resources must be in the cache, since an account that none uses is let go.
   */
  public AccountResult run(CloudElementsAccount cached) {
    CloudElementsAccount before = written.newest(cached);
    shown.putIfAbsent(before.getMetadata().getUid(), shown(before));
    List<ConnectWiseInstance> referring = view.referring(AccountTerms.id(before));
    List<ConnectWiseInstance> users = AccountUsers.of(before, referring, view::labels);
    AccountUse use = AccountUsers.counted(users);
    if (AccountTerms.of(before).deleting()) {
      return leaving(before, use, users);
    }
    CloudElementsAccount account = isHeld(before) ? before : held(before);
    return checked(account)
        .map(result -> reported(account, result, use))
        .orElseGet(() -> new AccountResult(UNTIL_REACHABLE, List.of(), permits(account)));
  }

  private AccountResult reported(
      CloudElementsAccount account, AccountCheckResult result, AccountUse use) {
    CloudElementsAccount now = report(account, result, use);
    return new AccountResult(
        result.reason() == AccountReason.UNREACHABLE ? UNTIL_REACHABLE : COUNTED_EVERY,
        concerned(now),
        permits(now));
  }

  /** An account object without verified secrets must not limit the calls of others. */
  private Optional<PermitLimit> permits(CloudElementsAccount account) {
    return keyring
        .keys(account)
        .map(keys ->
            new PermitLimit(
                keys.account().fingerprint(),
                Objects.requireNonNullElse(account.getMetadata().getCreationTimestamp(), ""),
                AccountTerms.of(account).mostRequests()));
  }

  private CloudElementsAccount held(CloudElementsAccount account) {
    CloudElementsAccount now = writes.addFinalizer(account);
    written.written(account, now);
    return now;
  }

  /**
   * The account is gone.
   *
   * @return the resources that referred to it
   */
  public List<ResourceId> forget(CloudElementsAccount account) {
    String uid = account.getMetadata().getUid();
    keyring.forget(account);
    verification.forget(account);
    written.forget(account);
    shown.remove(uid);
    counted.remove(uid);
    return ids(view.referring(AccountTerms.id(account)).stream());
  }

  private static boolean isHeld(CloudElementsAccount account) {
    return account.getMetadata().getFinalizers().contains(AccountObjectWrites.FINALIZER);
  }

  private AccountResult leaving(
      CloudElementsAccount account, AccountUse use, List<ConnectWiseInstance> users) {
    if (!isHeld(account)) {
      return new AccountResult(CHECKED_AGAIN, List.of(), Optional.empty());
    }
    if (users.isEmpty()) {
      writes.removeFinalizer(account);
      return new AccountResult(CHECKED_AGAIN, List.of(), Optional.empty());
    }
    Optional<PermitLimit> permits = permits(account);
    CloudElementsAccount now =
        report(account, AccountStatusComposer.inUse(use, permits.isPresent()), use);
    return new AccountResult(WHILE_DELETING, concerned(now), permits);
  }

  /** Empty when it has to be asked about, and its turn has not come. */
  private Optional<AccountCheckResult> checked(CloudElementsAccount account) {
    AccountCheck check = new AccountCheck(account, settings);
    return switch (check.begin(keyring.secret(account))) {
      case AccountCheck.NextStep.Done(AccountCheckResult result) -> Optional.of(result);
      case AccountCheck.NextStep.Ask(Account asked) -> verification.ask(check, asked);
    };
  }

  private CloudElementsAccount report(
      CloudElementsAccount account, AccountCheckResult result, AccountUse use) {
    String uid = account.getMetadata().getUid();
    Instant now = clock.instant();
    result.verified().ifPresent(verified -> keyring.keep(account, verified.account()));
    boolean count =
        Optional.ofNullable(counted.get(uid))
            .filter(before -> before.plus(COUNTED_EVERY).isAfter(now))
            .isEmpty();
    CloudElementsAccountStatus status =
        AccountStatusComposer.compose(account, result, use, count, now);
    if (status.equals(account.getStatus())) {
      return account;
    }
    Optional<AccountReason> before = AccountFacts.of(account).reason();
    CloudElementsAccount reported = writes.writeStatus(account, status);
    written.written(account, reported);
    if (count) {
      counted.put(uid, now);
    }
    if (!before.equals(Optional.of(result.reason()))) {
      writes.publish(reported, event(result));
    }
    return reported;
  }

  private static EventRecord event(AccountCheckResult result) {
    return result.reason().warns()
        ? EventRecord.warning(result.reason().label(), result.message())
        : EventRecord.normal(result.reason().label(), result.message());
  }

  /**
   * After a start no resource is told of what was there: the resources are reconciled anyway. What
   * came since the first reconcile began is told, also when an answer was lost on the way.
   */
  private List<ResourceId> concerned(CloudElementsAccount account) {
    Shown now = shown(account);
    Optional<Shown> before =
        Optional.ofNullable(shown.put(account.getMetadata().getUid(), now))
            .filter(known -> !known.equals(now));
    return before.map(known -> told(account, known, now)).orElseGet(List::of);
  }

  private List<ResourceId> told(CloudElementsAccount account, Shown before, Shown now) {
    Stream<ConnectWiseInstance> all = view.referring(AccountTerms.id(account)).stream();
    return ids(before.use().equals(now.use()) ? all.filter(AccountReconciliation::mayGain) : all);
  }

  private Shown shown(CloudElementsAccount account) {
    AccountFacts facts = AccountFacts.of(account);
    return new Shown(
        account.getMetadata().getGeneration()
            + " "
            + facts.reason()
            + facts.fingerprint()
            + AccountTerms.of(account).deleting()
            + keyring.applicationVersion(account),
        facts.verified() + " " + facts.deletionsConfirmed());
  }

  private static List<ResourceId> ids(Stream<ConnectWiseInstance> resources) {
    return resources.map(SpecDefaults::id).toList();
  }

  /** The others work with what they have. */
  private static boolean mayGain(ConnectWiseInstance resource) {
    return StatusReader.status(resource)
        .flatMap(StatusReader::reason)
        .filter(Reason::isConverged)
        .isEmpty();
  }
}
