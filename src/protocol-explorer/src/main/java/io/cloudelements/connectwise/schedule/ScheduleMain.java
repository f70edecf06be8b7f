package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.GoDuration;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The long run, of what no build runs. Arguments: a seed, and a budget such as {@code 5m}. Samples
 * for half of the budget, then pairs until it is used up or there are no more. It ends with 1 when
 * an oracle objected.
 */
public final class ScheduleMain {
  private static final int BATCH = 500;

  private final long seed;
  private final long begin = System.nanoTime();
  private final long end;
  private final Campaign campaign = new Campaign();

  private ScheduleMain(long seed, Duration budget) {
    this.seed = seed;
    this.end = begin + budget.toNanos();
  }

  public static void main(String[] arguments) {
    long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    String budget = arguments.length > 1 ? arguments[1] : "5m";
    ScheduleMain main =
        new ScheduleMain(
            seed,
            GoDuration.parse(budget)
                .orElseThrow(() -> new IllegalArgumentException("not a duration: " + budget)));
    System.exit(main.run() ? 0 : 1);
  }

  private boolean run() {
    long middle = begin + (end - begin) / 2;
    Stream<Schedule> samples =
        LongStream.range(0, Long.MAX_VALUE).mapToObj(index -> Schedules.sample(seed, index));
    runUntil(middle, samples.iterator());
    boolean allPairs =
        runUntil(
            end,
            Stream.of(
                    Schedules.accountChanges(),
                    Schedules.interleavedPairs(),
                    Schedules.creationPairs())
                .flatMap(pairs -> pairs)
                .iterator());
    System.out.printf(
        "seed %d, %d s, %s%n",
        seed,
        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
        allPairs ? "every pair" : "some of the pairs, for want of time");
    System.out.println(campaign.tally().report());
    campaign.firstViolation().ifPresent(System.out::println);
    return campaign.tally().violations().isEmpty();
  }

  /**
   * @return whether all of them were run
   */
  private boolean runUntil(long nanoTime, Iterator<Schedule> schedules) {
    while (System.nanoTime() < nanoTime && schedules.hasNext()) {
      List<Schedule> batch =
          IntStream.range(0, BATCH)
              .mapToObj(_ -> schedules)
              .filter(Iterator::hasNext)
              .map(Iterator::next)
              .toList();
      campaign.run(batch.stream());
    }
    return !schedules.hasNext();
  }
}
