package io.cloudelements.simulator.model;

import java.time.Instant;

/**
 * One event in the life of an instance.
 *
 * @param number counts all changes of the platform from 1
 * @param at when
 * @param kind what happened
 * @param instance the instance after it
 * @param byHand whether a person did it at the console
 */
public record Change(long number, Instant at, ChangeKind kind, Instance instance, boolean byHand) {

  /** What can happen to an instance. */
  public enum ChangeKind {
    CREATED,
    UPDATED,
    ENABLED,
    DISABLED,
    DELETED
  }

  @Override
  public String toString() {
    return kind + " " + instance.id();
  }
}
