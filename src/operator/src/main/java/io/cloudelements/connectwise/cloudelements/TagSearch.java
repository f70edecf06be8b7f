package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.PageNegotiation.unexpected;

import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.cloudelements.PageNegotiation.Attempt;
import io.cloudelements.connectwise.instance.InstancePage;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.TagMatches;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The instances with a tag, page by page (contract §3).
 *
 * @param call asks for one page
 */
record TagSearch(OwnershipTag tag, Function<PageRequest, CallResult<InstancePage>> call) {
  /** With one tag; a service that shows more does not stop at all. */
  private static final int MOST_INSTANCES = 20_000;

  /** One resource has one instance; so many are no accident, and all are held at a time. */
  private static final int MOST_MATCHES = 1_000;

  /**
   * Asks as every client does at first. Only where the answer is too large, since the service
   * ignores the tag, do smaller items and pages help.
   *
   * @throws InstancesApiException a page failed, or is not what the contract promises
   */
  TagMatches matches() {
    return switch (inPages(PageRequest.LARGEST.inFull())) {
      case Attempt.WholeList<TagMatches>(TagMatches matches) -> matches;
      case Attempt.OversizedPage<TagMatches> _, Attempt.TaglessItems<TagMatches> _ ->
          PageNegotiation.list(PageRequest.LARGEST, this::inPages);
    };
  }

  private Attempt<TagMatches> inPages(PageRequest first) {
    List<ListedInstance> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    PageRequest request = first;
    while (true) {
      CallResult<InstancePage> outcome = call.apply(request);
      // the service says 404 where others say [] (contract §3)
      if (outcome instanceof Failure<InstancePage>(NotFound empty)) {
        return complete(found, empty.isConclusive());
      }
      InstancePage page = page(outcome);
      if (page.tooLarge()) {
        return new Attempt.OversizedPage<>();
      }
      // leaving such an item out would make an instance of ours look absent
      if (page.instances().stream().anyMatch(instance -> instance.tags().isEmpty())) {
        return new Attempt.TaglessItems<>();
      }
      page.instances().stream().filter(instance -> instance.carries(tag)).forEach(found::add);
      if (found.size() > MOST_MATCHES) {
        throw unexpected("more than 1,000 instances with one ownership tag");
      }
      if (page.next().isEmpty()) {
        return complete(found, true);
      }
      String next = page.next().get();
      if (!seen.add(next) || seen.size() >= MOST_INSTANCES / first.size()) {
        throw unexpected("a list whose pages do not end");
      }
      request = request.after(next);
    }
  }

  private static Attempt<TagMatches> complete(List<ListedInstance> found, boolean conclusive) {
    return new Attempt.WholeList<>(new TagMatches(found, conclusive || !found.isEmpty()));
  }

  private static InstancePage page(CallResult<InstancePage> outcome) {
    return switch (outcome) {
      case Success<InstancePage>(InstancePage page) -> page;
      case Failure<InstancePage>(RemoteFailure failure) -> throw new InstancesApiException(failure);
    };
  }
}
