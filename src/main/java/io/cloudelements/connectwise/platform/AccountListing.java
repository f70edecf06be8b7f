package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.RemoteFailure.Answer;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All instances of an account, page by page, each page a call with its own turn at the account's
 * gate. A part is never given out as the whole.
 */
public final class AccountListing {
  /** 200,000 instances; a service that shows more pages does not stop at all. */
  private static final int MAX_PAGES = 1_000;

  private AccountListing() {}

  /**
   * @throws InstancesApiException a page failed, or the pages together are fewer than the service
   *     counts
   */
  public static List<ListedInstance> whole(InstancesApi instances, Account account) {
    Map<Long, ListedInstance> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    Optional<String> next = Optional.empty();
    do {
      InstancePage page = page(instances, account, next);
      page.instances().forEach(instance -> found.putIfAbsent(instance.id(), instance));
      next = page.next();
      if (next.isPresent() && (!seen.add(next.get()) || seen.size() >= MAX_PAGES)) {
        throw unexpected("a list whose pages do not end");
      }
      if (next.isEmpty() && page.total().orElse(0) > found.size()) {
        throw unexpected("a list that ends before all that it counts");
      }
    } while (next.isPresent());
    return new ArrayList<>(found.values());
  }

  /** The service says 404 where others say {@code []}, on the first page only (contract §3). */
  private static InstancePage page(
      InstancesApi instances, Account account, Optional<String> pageToken) {
    try {
      return instances.inTurn(account, Lane.DRIFT, () -> instances.listPage(account, pageToken));
    } catch (InstancesApiException e) {
      if (e.failure() instanceof NotFound && pageToken.isEmpty()) {
        return new InstancePage(List.of(), Optional.empty(), OptionalLong.empty());
      }
      throw e;
    }
  }

  private static InstancesApiException unexpected(String what) {
    return new InstancesApiException(
        new UnexpectedAnswer(
            new Answer(200, Optional.empty(), Optional.empty(), Optional.empty()),
            what,
            Effect.ABSENT));
  }
}
