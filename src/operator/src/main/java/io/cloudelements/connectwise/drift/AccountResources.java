package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The resources of one account at the time of a listing.
 *
 * @param converged what the listing should show
 * @param lost UIDs of resources whose instance is known to be gone or owned by another
 * @param others UIDs of all further ones: under way, failing, or on their own
 */
public record AccountResources(
    List<ExpectedInstance> converged, Set<String> lost, Set<String> others) {

  public static AccountResources of(
      Collection<ConnectWiseInstance> resources, ExpectedInstance.Operation operation) {
    List<ExpectedInstance> converged = new ArrayList<>();
    Set<String> lost = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (ConnectWiseInstance resource : resources) {
      Optional<ExpectedInstance> expected = ExpectedInstance.of(resource, operation);
      expected.ifPresentOrElse(
          converged::add,
          () -> (isLost(resource) ? lost : others).add(resource.getMetadata().getUid()));
    }
    return new AccountResources(List.copyOf(converged), Set.copyOf(lost), Set.copyOf(others));
  }

  /**
   * Without what changed since an earlier view: a listing that was made meanwhile may show either.
   */
  public AccountResources unchangedSince(AccountResources earlier) {
    Set<ExpectedInstance> before = new HashSet<>(earlier.converged);
    return new AccountResources(converged.stream().filter(before::contains).toList(), lost, others);
  }

  private static boolean isLost(ConnectWiseInstance resource) {
    Recorded recorded = StatusReader.recorded(resource);
    return recorded.intent().isPresent()
        || recorded.recreationHeld()
        || recorded
            .lastReason()
            .filter(
                Set.of(
                        Reason.RECREATION_DELAYED,
                        Reason.OWNED_BY_ANOTHER,
                        Reason.OWNERSHIP_NOT_SHOWN,
                        Reason.WRONG_ELEMENT,
                        Reason.NOT_FOUND)
                    ::contains)
            .isPresent();
  }
}
