package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.PageNegotiation.unexpected;

import io.cloudelements.connectwise.cloudelements.PageNegotiation.Attempt;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancePage;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All instances of an account, page by page, each page a call with its own permit of the account.
 * An incomplete list is never returned.
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

    /** Whether {@code hydrate=false} may have left out the tags, which show the owner. */
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
  public static List<ListedInstance> whole(InstancesApi instances, AccountAccess access) {
    return whole(instances, access, PageRequest.LARGEST).instances();
  }

  /**
   * @param first how to ask for the first page
   * @throws InstancesApiException a page failed, one instance alone is too large, or the pages
   *     together are fewer than the service counts
   */
  public static Listed whole(InstancesApi instances, AccountAccess access, PageRequest first) {
    return PageNegotiation.list(first, pages -> inPages(instances, access, pages));
  }

  private static Attempt<Listed> inPages(
      InstancesApi instances, AccountAccess access, PageRequest first) {
    Map<Long, ListedInstance> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    PageRequest request = first;
    while (true) {
      InstancePage page = page(instances, access, request);
      if (page.tooLarge()) {
        return new Attempt.OversizedPage<>();
      }
      page.instances().forEach(instance -> found.putIfAbsent(instance.id(), instance));
      if (page.next().isEmpty()) {
        if (page.total().orElse(0) > found.size()) {
          throw unexpected("a list that ends before all that it counts");
        }
        Listed listed = new Listed(new ArrayList<>(found.values()), first);
        return listed.lacksTags() ? new Attempt.TaglessItems<>() : new Attempt.WholeList<>(listed);
      }
      String next = page.next().get();
      if (!seen.add(next) || seen.size() >= MOST_INSTANCES / first.size()) {
        throw unexpected("a list whose pages do not end");
      }
      request = request.after(next);
    }
  }

  /** The service says 404 where others say {@code []}, on the first page only (contract §3). */
  private static InstancePage page(
      InstancesApi instances, AccountAccess access, PageRequest request) {
    try {
      return instances.listPage(access, request);
    } catch (InstancesApiException e) {
      if (e.failure() instanceof NotFound && request.token().isEmpty()) {
        return new InstancePage(List.of(), Optional.empty(), OptionalLong.empty());
      }
      throw e;
    }
  }
}
