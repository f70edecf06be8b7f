package io.cloudelements.connectwise.bench;

import java.time.Duration;

/** Resources that do not share a Secret, so that only their account's queue limits them. */
record OwnSecretsCase(String name, int count, Duration latency, Duration expected)
    implements BenchCase {

  @Override
  public String about() {
    return "%,d resources of one account are created at once (%d ms for a POST), each with the credentials in a Secret of its own."
        .formatted(count, latency.toMillis());
  }

  @Override
  public void run(Lab lab, Results results) {
    new CreationRun(lab, results, name, Contender.OPERATOR)
        .measure(
            count,
            "own",
            latency,
            Duration.ofSeconds(60).plus(Duration.ofMillis(60L * count)),
            (population, account) -> population.resourcesWithOwnSecrets("r", count, account),
            (_, _, _) -> {});
  }
}
