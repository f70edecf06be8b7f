package io.cloudelements.connectwise.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The versions of one object, oldest first; that it is not there is a version too. */
final class History<T> {

  /**
   * One version.
   *
   * @param revision of the cluster when it was written
   * @param object empty when it was deleted
   * @param outside not written by an operator
   */
  record Version<T>(long revision, Optional<T> object, boolean outside) {}

  private final List<Version<T>> versions = new ArrayList<>();

  History() {
    versions.add(new Version<>(0, Optional.empty(), true));
  }

  void add(long revision, Optional<T> object, boolean outside) {
    versions.add(new Version<>(revision, object, outside));
  }

  Version<T> latest() {
    return versions.getLast();
  }

  Optional<T> now() {
    return latest().object();
  }

  /** What a cache shows that is so many versions behind, and never went back before a revision. */
  Version<T> behind(int lag, long notBefore) {
    int index = Math.max(0, versions.size() - 1 - lag);
    while (index < versions.size() - 1 && versions.get(index).revision() < notBefore) {
      index++;
    }
    return versions.get(index);
  }

  /** The version that was the latest at a revision. */
  Version<T> at(long revision) {
    Version<T> found = versions.getFirst();
    for (Version<T> version : versions) {
      if (version.revision() <= revision) {
        found = version;
      }
    }
    return found;
  }

  /** The versions after one revision, up to another. */
  List<Version<T>> between(long after, long upTo) {
    return versions.stream()
        .filter(version -> version.revision() > after && version.revision() <= upTo)
        .toList();
  }

  /** The revision of the last version that no operator wrote. */
  long lastFromOutside() {
    for (Version<T> version : versions.reversed()) {
      if (version.outside()) {
        return version.revision();
      }
    }
    return 0;
  }
}
