package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which accounts are listed. Suspended resources ask for no call, so an account is listed only
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
        StatusReader.account(resource)
            .ifPresent((SpecDefaults.of(resource).suspended() ? suspended : inUse)::add));
    Set<String> listed = new HashSet<>(remembered);
    listed.removeAll(suspended);
    listed.addAll(inUse);
    return listed;
  }
}
