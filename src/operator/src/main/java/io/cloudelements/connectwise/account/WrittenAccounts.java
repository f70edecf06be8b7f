package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Account objects as this process wrote them, until the watch shows them: a resource that is woken
 * by what was written must find it.
 */
public final class WrittenAccounts {
  /**
   * @param superseded the versions that the writes were about
   */
  private record Written(Set<String> superseded, CloudElementsAccount account) {}

  private final Map<String, Written> byUid = new ConcurrentHashMap<>();

  /**
   * A write was answered.
   *
   * @param before the version that it was about
   */
  public void written(CloudElementsAccount before, CloudElementsAccount after) {
    byUid.compute(
        after.getMetadata().getUid(),
        (_, known) -> {
          Set<String> superseded = new HashSet<>(Set.of(version(before)));
          if (known != null && superseded.contains(version(known.account()))) {
            superseded.addAll(known.superseded());
          }
          return new Written(Set.copyOf(superseded), after);
        });
  }

  /** What a cache shows, or what this process made of it since. */
  public CloudElementsAccount newest(CloudElementsAccount cached) {
    Written known = byUid.get(cached.getMetadata().getUid());
    if (known == null) {
      return cached;
    }
    if (known.superseded().contains(version(cached))) {
      return known.account();
    }
    byUid.remove(cached.getMetadata().getUid(), known);
    return cached;
  }

  /** The account is gone. */
  public void forget(CloudElementsAccount account) {
    byUid.remove(account.getMetadata().getUid());
  }

  private static String version(CloudElementsAccount account) {
    return account.getMetadata().getResourceVersion();
  }
}
