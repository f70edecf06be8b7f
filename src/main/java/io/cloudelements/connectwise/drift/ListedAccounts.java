package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which accounts a round lists. Suspended resources ask for no call, so an account is listed only
 * where a resource that is not suspended has its instance there, or where no resource has any more.
 */
public final class ListedAccounts {
  private ListedAccounts() {}

  /**
   * @param resources all of them
   * @param remembered accounts that may have lost their last resource
   * @return fingerprints
   */
  public static Set<String> of(Stream<ConnectWiseInstance> resources, Set<String> remembered) {
    Set<String> inUse = new HashSet<>();
    Set<String> suspended = new HashSet<>();
    resources.forEach(resource ->
        Optional.ofNullable(resource.getStatus())
            .flatMap(status -> Optional.ofNullable(status.account()))
            .ifPresent((isSuspended(resource) ? suspended : inUse)::add));
    Set<String> listed = new HashSet<>(remembered);
    listed.removeAll(suspended);
    listed.addAll(inUse);
    return listed;
  }

  private static boolean isSuspended(ConnectWiseInstance resource) {
    return resource.getSpec() != null && Boolean.TRUE.equals(resource.getSpec().suspend());
  }
}
