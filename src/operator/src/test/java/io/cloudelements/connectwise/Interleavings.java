package io.cloudelements.connectwise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Runs a few threads under a controlled scheduler: Lincheck's model checker decides at each access
 * to shared memory and at each lock which thread goes on, and tries the schedules one by one. A
 * deadlock fails a schedule too, so a wait in a scenario needs no time limit.
 *
 * <p>Time stands still meanwhile, and files and sockets are out of reach.
 */
public final class Interleavings {
  /** Runs in a JVM of its own, as the parent POM says. */
  public static final String TAG = "interleavings";

  private static final Set<String> PURE =
      Stream.of(
              "AccountBreaker", "AccountQueue", "ConnectionShare", "NamespaceTurns", "PriorityLine")
          .map(type -> "io.cloudelements.connectwise.ratelimit." + type)
          .collect(Collectors.toUnmodifiableSet());

  /** First those with one switch of threads, then those with two, and so on. */
  private static final int SCHEDULES = 400;

  /**
   * What the threads do. It is made anew for each schedule, so it has a public constructor without
   * parameters.
   */
  public abstract static class Scenario {
    private final AtomicReference<Optional<Throwable>> failure =
        new AtomicReference<>(Optional.empty());

    /**
     * @param thread 0 for the first
     */
    protected abstract void run(int thread) throws Exception;

    /** What holds when all threads have ended. */
    protected abstract void atTheEnd() throws Exception;

    @Operation
    public final void thread(@Param(gen = ThreadIdGen.class) int number) {
      try {
        run(number - 1);
      } catch (Throwable thrown) {
        failure.compareAndSet(Optional.empty(), Optional.of(thrown));
      }
    }

    @Validate
    public final void validate() throws Exception {
      failure
          .get()
          .ifPresent(thrown -> {
            throw new AssertionError(thrown.toString(), thrown);
          });
      atTheEnd();
    }
  }

  /** All results are nothing: what has to hold, the scenario says. */
  public static final class NoResults {
    public void thread(@SuppressWarnings("unused") int number) {}
  }

  private Interleavings() {}

  /** The scenario holds in every schedule that is tried. */
  public static void hold(int threads, Class<? extends Scenario> scenario) {
    new ModelCheckingOptions()
        .threads(threads)
        .actorsBefore(0)
        .actorsPerThread(1)
        .actorsAfter(0)
        .iterations(1)
        .invocationsPerIteration(SCHEDULES)
        .minimizeFailedScenario(false)
        .sequentialSpecification(NoResults.class)
        .addGuarantee(forClasses(Interleavings::isAtomic).allMethods().treatAsAtomic())
        .check(scenario);
  }

  /**
   * Values, streams and the pure parts of a queue: each of their steps would be one more place to
   * switch, and a thread that meets another one there meets it between their calls as well.
   */
  private static boolean isAtomic(String type) {
    return type.startsWith("java.time.")
        || type.startsWith("java.util.stream.")
        || PURE.contains(type);
  }

  /** A schedule is found in which the scenario fails, with these words. */
  public static void fail(String words, int threads, Class<? extends Scenario> scenario) {
    assertThatThrownBy(() -> hold(threads, scenario))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining(words);
  }

  /** Fails the schedule. Cheaper than an assertion whose classes the checker has to follow. */
  public static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
