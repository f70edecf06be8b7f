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
  /** A service that shows more does not stop at all. */
  private static final int MOST_INSTANCES = 200_000;

  private AccountListing() {}

  /**
   * A whole listing.
   *
   * @param pages how its pages were asked for in the end; to begin with next time
   */
  public record Listed(List<ListedInstance> instances, PageRequest pages) {
    public Listed {
      instances = List.copyOf(instances);
    }

    /** Whether {@code hydrate=false} may have left out what tells whose an instance is. */
    private boolean lacksTags() {
      return !pages.hydrated()
          && !instances.isEmpty()
          && instances.stream().allMatch(instance -> instance.tags().isEmpty());
    }
  }

  /**
   * @throws InstancesApiException a page failed, or the pages together are fewer than the service
   *     counts
   */
  public static List<ListedInstance> whole(InstancesApi instances, Account account) {
    return whole(instances, account, PageRequest.LARGEST).instances();
  }

  /**
   * Begins anew in smaller pages when one is too large, and without {@code hydrate=false} where
   * that is refused or leaves out the tags: nobody knows which of it the service does (contract
   * §3).
   *
   * @param first how to ask for the first page
   * @throws InstancesApiException a page failed, one instance alone is too large, or the pages
   *     together are fewer than the service counts
   */
  public static Listed whole(InstancesApi instances, Account account, PageRequest first) {
    PageRequest pages = first;
    while (true) {
      try {
        Optional<Listed> listed = inPages(instances, account, pages);
        if (listed.isPresent() && !listed.get().lacksTags()) {
          return listed.get();
        }
        pages =
            listed.isPresent()
                ? pages.inFull()
                : pages.smaller().orElseThrow(AccountListing::oneIsTooLarge);
      } catch (InstancesApiException e) {
        if (pages.hydrated() || e.failure().answer().status() != 400) {
          throw e;
        }
        pages = pages.inFull();
      }
    }
  }

  /** Empty when a page was too large. */
  private static Optional<Listed> inPages(
      InstancesApi instances, Account account, PageRequest first) {
    Map<Long, ListedInstance> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    PageRequest request = first;
    while (true) {
      InstancePage page = page(instances, account, request);
      if (page.tooLarge()) {
        return Optional.empty();
      }
      page.instances().forEach(instance -> found.putIfAbsent(instance.id(), instance));
      if (page.next().isEmpty()) {
        if (page.total().orElse(0) > found.size()) {
          throw unexpected("a list that ends before all that it counts");
        }
        return Optional.of(new Listed(new ArrayList<>(found.values()), first));
      }
      String next = page.next().get();
      if (!seen.add(next) || seen.size() >= MOST_INSTANCES / first.size()) {
        throw unexpected("a list whose pages do not end");
      }
      request = request.after(next);
    }
  }

  /** The service says 404 where others say {@code []}, on the first page only (contract §3). */
  private static InstancePage page(InstancesApi instances, Account account, PageRequest request) {
    try {
      return instances.inTurn(account, Lane.DRIFT, () -> instances.listPage(account, request));
    } catch (InstancesApiException e) {
      if (e.failure() instanceof NotFound && request.token().isEmpty()) {
        return new InstancePage(List.of(), Optional.empty(), OptionalLong.empty());
      }
      throw e;
    }
  }

  private static InstancesApiException oneIsTooLarge() {
    return unexpected("an instance that is larger in a list than an answer may be, 1 MiB");
  }

  private static InstancesApiException unexpected(String what) {
    return new InstancesApiException(
        new UnexpectedAnswer(
            new Answer(200, Optional.empty(), Optional.empty(), Optional.empty()),
            what,
            Effect.ABSENT));
  }
}
