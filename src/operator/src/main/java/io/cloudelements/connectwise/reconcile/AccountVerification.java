package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the service whether it accepts an account's secrets, and whose they are. The answer is kept:
 * while the API server refuses the account's status, the retries of the write make no call, and a
 * call that is not sent takes nothing back. It is lost with the process, which costs one.
 */
final class AccountVerification {
  /**
   * How many checks of a namespace may wait for the service at once. Each is a thread for up to 45
   * s, and a tenant may make as many account objects as fit into the quota.
   */
  static final int MOST_OF_A_NAMESPACE = 16;

  private static final PageRequest ONE = new PageRequest(1, false, Optional.empty());

  /**
   * @param asked the secrets that the service was asked about
   * @param version of the account object, which holds what a person asked for
   */
  private record Answered(Account asked, String version, AccountCheckResult result) {
    boolean isAccepted() {
      return result.verified().isPresent();
    }
  }

  private final InstancesApi instances;
  private final InstantSource clock;

  /** By the uid of the account. */
  private final Map<String, Answered> answers = new ConcurrentHashMap<>();

  /** How many checks are under way, by the namespace of the account. */
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  AccountVerification(InstancesApi instances, InstantSource clock) {
    this.instances = instances;
    this.clock = clock;
  }

  /** Empty when too many checks of the account's namespace are under way. */
  Optional<AccountCheckResult> ask(AccountCheck check, Account asked) {
    CloudElementsAccount account = check.account();
    Optional<Answered> before =
        Optional.ofNullable(answers.get(uid(account))).filter(last -> last.asked().equals(asked));
    Optional<AccountCheckResult> unwritten =
        before
            .filter(Answered::isAccepted)
            .filter(last -> last.version().equals(version(account)))
            .map(Answered::result);
    return unwritten.isPresent() ? unwritten : inTurn(check, asked, before);
  }

  /** The account is gone. */
  void forget(CloudElementsAccount account) {
    answers.remove(uid(account));
  }

  private Optional<AccountCheckResult> inTurn(
      AccountCheck check, Account asked, Optional<Answered> before) {
    String namespace = check.account().getMetadata().getNamespace();
    if (underWay.merge(namespace, 1, Integer::sum) > MOST_OF_A_NAMESPACE) {
      end(namespace);
      return Optional.empty();
    }
    try {
      return Optional.of(askNow(check, asked, before));
    } finally {
      end(namespace);
    }
  }

  private void end(String namespace) {
    underWay.computeIfPresent(namespace, (_, checks) -> checks == 1 ? null : checks - 1);
  }

  private AccountCheckResult askNow(AccountCheck check, Account asked, Optional<Answered> before) {
    try {
      return kept(check, asked, check.accepted(asked, organization(AccountAccess.to(asked))));
    } catch (InstancesApiException e) {
      AccountCheckResult failed = check.failed(asked, e.failure(), clock.instant());
      return e.failure() instanceof RemoteFailure.NotSent
          ? before.filter(last -> !last.isAccepted()).map(Answered::result).orElse(failed)
          : kept(check, asked, failed);
    }
  }

  private AccountCheckResult kept(AccountCheck check, Account asked, AccountCheckResult result) {
    CloudElementsAccount account = check.account();
    answers.put(uid(account), new Answered(asked, version(account), result));
    return result;
  }

  /** Where the service does not tell it, a listing shows whether it accepts the secrets at all. */
  private OrganizationAnswer organization(AccountAccess access) {
    OrganizationAnswer answer = instances.readOrganization(access);
    if (answer instanceof OrganizationAnswer.NotTold) {
      list(access);
    }
    return answer;
  }

  /** An account without an instance is answered 404 (contract §3). */
  private void list(AccountAccess access) {
    try {
      instances.listPage(access, ONE);
    } catch (InstancesApiException e) {
      if (!(e.failure() instanceof RemoteFailure.NotFound)) {
        throw e;
      }
    }
  }

  private static String uid(CloudElementsAccount account) {
    return account.getMetadata().getUid();
  }

  private static String version(CloudElementsAccount account) {
    return account.getMetadata().getResourceVersion();
  }
}
