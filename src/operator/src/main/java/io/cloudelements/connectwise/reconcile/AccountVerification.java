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
 * Asks the service whether it accepts an account's secrets, and whose they are. A yes is kept until
 * the account's status has it: where the API server refuses that status, the retries of the write
 * make no call. It is lost with the process, which costs one.
 */
final class AccountVerification {
  private static final PageRequest ONE = new PageRequest(1, false, Optional.empty());

  /**
   * @param asked the secrets that the service accepted
   * @param version of the account object, which holds what a person asked for
   */
  private record Unwritten(Account asked, String version, AccountCheckResult result) {}

  private final InstancesApi instances;
  private final InstantSource clock;

  /** By the uid of the account. */
  private final Map<String, Unwritten> unwritten = new ConcurrentHashMap<>();

  AccountVerification(InstancesApi instances, InstantSource clock) {
    this.instances = instances;
    this.clock = clock;
  }

  AccountCheckResult ask(AccountCheck check, Account asked) {
    return Optional.ofNullable(unwritten.get(uid(check.account())))
        .filter(kept -> kept.asked().equals(asked))
        .filter(kept -> kept.version().equals(version(check.account())))
        .map(Unwritten::result)
        .orElseGet(() -> askNow(check, asked));
  }

  /** The account's status has the answer, or the account is gone. */
  void forget(CloudElementsAccount account) {
    unwritten.remove(uid(account));
  }

  private AccountCheckResult askNow(AccountCheck check, Account asked) {
    try {
      AccountCheckResult result = check.accepted(asked, organization(AccountAccess.to(asked)));
      if (result.verified().isPresent()) {
        unwritten.put(uid(check.account()), new Unwritten(asked, version(check.account()), result));
      }
      return result;
    } catch (InstancesApiException e) {
      return check.failed(asked, e.failure(), clock.instant());
    }
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
