package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.GoDuration;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The long run: everything that is enumerated, then samples until the budget is used up. Arguments:
 * a seed, and a budget such as {@code 5m}, which the enumeration may exceed. It ends with 1 when an
 * oracle objected.
 */
public final class ScheduleMain {
  private static final int BATCH = 5_000;

  private ScheduleMain() {}

  public static void main(String[] arguments) {
    long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    Duration budget =
        GoDuration.parse(arguments.length > 1 ? arguments[1] : "5m")
            .orElseThrow(() -> new IllegalArgumentException("not a duration: " + arguments[1]));
    long begin = System.nanoTime();
    Campaign campaign =
        new Campaign()
            .run(Schedules.undisturbed())
            .run(Schedules.singles())
            .run(Schedules.creationPairs())
            .run(Schedules.interleavedPairs());
    long samples = 0;
    while (System.nanoTime() - begin < budget.toNanos()) {
      campaign.run(
          LongStream.range(samples, samples + BATCH)
              .mapToObj(index -> Schedules.sample(seed, index)));
      samples += BATCH;
    }
    System.out.printf(
        "seed %d: %d samples, %d s in all%n",
        seed, samples, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    System.out.println(campaign.tally().report());
    campaign.firstViolation().ifPresent(System.out::println);
    System.exit(campaign.tally().violations().isEmpty() ? 0 : 1);
  }
}
