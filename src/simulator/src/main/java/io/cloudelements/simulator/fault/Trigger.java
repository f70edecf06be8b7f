package io.cloudelements.simulator.fault;

import java.util.SplittableRandom;

/** At which of the calls that a rule matches it fires; calls are counted from 1. */
public sealed interface Trigger {

  /** At every one. */
  record Always() implements Trigger {}

  /** At one only. */
  record Nth(long call) implements Trigger {}

  /** At the first so many. */
  record First(long calls) implements Trigger {}

  /** At this one and every one after it. */
  record From(long call) implements Trigger {}

  /** At each with this probability, drawn from the seed of the simulator. */
  record Chance(double probability) implements Trigger {}

  /** Whether to fire at a call. */
  default boolean firesAt(long call, SplittableRandom random) {
    return switch (this) {
      case Always always -> true;
      case Nth nth -> call == nth.call();
      case First first -> call <= first.calls();
      case From from -> call >= from.call();
      case Chance chance -> random.nextDouble() < chance.probability();
    };
  }
}
