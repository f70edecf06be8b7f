package io.cloudelements.connectwise.bench;

import java.time.Duration;

/** One benchmark. It measures and records; when it fails, the others go on. */
interface BenchCase {
  /** As given to {@code -Dbench=}. */
  String name();

  /** What is done, in a sentence for the report. */
  String about();

  /** About how long it takes on two cores: it is skipped when less time is left. */
  Duration expected();

  /** Whether the API server keeps an audit log, which tells who asked it what. */
  default boolean isAudited() {
    return false;
  }

  /**
   * Measures.
   *
   * @param lab fresh
   */
  void run(Lab lab, Results results);
}
