package io.cloudelements.connectwise.cluster;

import java.util.Collection;
import java.util.List;

/** Checks processes that are no longer children of this one. */
final class LiveProcesses {

  private LiveProcesses() {}

  /**
   * Those of the ids that still do something. A dead one whose parent has not collected it (in a
   * container whose process 1 collects none) does nothing, although it is listed.
   */
  static List<Long> among(Collection<Long> ids) {
    return ids.stream()
        .filter(id -> ProcessHandle.of(id).map(ProcessHandle::isAlive).orElse(false))
        .filter(id -> !state(id).startsWith("Z"))
        .toList();
  }

  private static String state(long id) {
    return Command.of(java.nio.file.Path.of("ps"), "-o", "stat=", "-p", Long.toString(id))
        .run()
        .output()
        .strip();
  }
}
