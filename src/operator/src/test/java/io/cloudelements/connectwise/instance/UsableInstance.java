package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.TreeSet;

/** What a status records of an instance that is in use. */
public final class UsableInstance {
  private UsableInstance() {}

  /** Valid and enabled, its configuration sent, its token delivered. */
  public static Recorded recorded(long id) {
    return recorded(id, new Availability(Optional.of(true), Optional.of(false)));
  }

  /** The same, as far as the service shows it. */
  public static Recorded recorded(long id, Availability availability) {
    return new Recorded(
        false,
        new Recorded.LastSeen(
            Optional.of(id),
            Optional.of("connectwisehd"),
            Optional.of("5f2c0c9a1b7e"),
            Optional.of("hash"),
            availability),
        Recorded.Creation.NONE,
        new Recorded.TakeOver(Optional.empty(), Optional.empty()),
        new TreeSet<>(),
        Optional.of("acme-token"),
        Optional.empty());
  }

  /** The same record with another state of its creation. */
  public static Recorded with(Recorded r, Recorded.Creation creation) {
    return new Recorded(
        r.blank(),
        r.instance(),
        creation,
        r.takeOver(),
        r.duplicates(),
        r.tokenSecret(),
        r.lastReason());
  }

  /** The same after a reconcile that held a second creation. */
  public static Recorded held(Recorded r) {
    return with(r, new Recorded.Creation(r.intent(), r.recreatedAt(), HeldStep.RECREATION));
  }
}
