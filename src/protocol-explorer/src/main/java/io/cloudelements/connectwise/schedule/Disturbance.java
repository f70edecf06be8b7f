package io.cloudelements.connectwise.schedule;

import java.time.Duration;

/** One thing that goes wrong. Port calls and reconciles of the operator are counted from 1. */
sealed interface Disturbance {

  /** When, as seen from a port call. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** What is lost besides the process's memory. */
  enum Loss {
    NOTHING_ELSE,
    STATUS,
    TOKEN_SECRET,
    STATUS_AND_TOKEN_SECRET
  }

  /** What others do while the operator waits. */
  enum OutsideEvent {
    STATUS_LOST,
    TOKEN_SECRET_LOST,
    STATUS_AND_TOKEN_SECRET_LOST,
    WALL_CLOCK_BACK_1_H,
    WALL_CLOCK_BACK_20_S,
    /** A label of no meaning to the operator, as tools write them. */
    LABEL_WRITTEN,
    /** A listing shows the instance otherwise than expected, rightly or not. */
    LISTING_ASKS_FOR_A_FULL_CHECK,
    /** The scenario's next action comes now, not when the operator is at rest. */
    NEXT_ACTION
  }

  /** How long a second replica believes to lead. */
  enum Stay {
    ONE_PASS,
    EIGHT_MINUTES
  }

  /** What becomes of a resource that is queued, because another one has the account's permit. */
  enum Comeback {
    WOKEN,
    WOKEN_LATE,
    /** The event is lost. */
    NEVER_WOKEN,
    /** The event comes so late that the place is another's. */
    RESERVATION_EXPIRED,
    /** The next in line is a resource that no longer exists. */
    BEHIND_A_GONE_RESOURCE,
    /** A second replica works meanwhile. */
    LEADER_CHANGED
  }

  /** The process is killed at a port call, and started again. */
  record Crash(int call, Moment moment, Loss loss) implements Disturbance {}

  /** A write to the cluster fails, with or without having taken effect. */
  record ApiServerFails(int call, Moment moment) implements Disturbance {}

  /** A policy forbids a kind of write for a while: the one of this call, if it is one. */
  record WritesRefused(int call) implements Disturbance {
    /** Port calls, those to the service included; enough for several reconciles. */
    static final int LENGTH = 10;

    boolean covers(int number) {
      return number >= call && number < call + LENGTH;
    }
  }

  record Answer(int call, RemoteOutcome outcome) implements Disturbance {}

  /** The service is down: the same becomes of every call for a while. */
  record Outage(int call, RemoteOutcome outcome) implements Disturbance {
    /** Port calls, those to the cluster included; enough to open the account's breaker. */
    static final int LENGTH = 24;

    boolean covers(int number) {
      return number >= call && number < call + LENGTH;
    }
  }

  /**
   * A second replica works inside the call: the first was taken for dead, or stopped for a while.
   *
   * @param lag how many versions its caches are behind in its first reconcile
   */
  record SecondReplica(int call, Moment moment, Lag lag, Stay stay) implements Disturbance {}

  record Outside(int call, Moment moment, OutsideEvent event) implements Disturbance {}

  /** The process gets no processor for a while. */
  record Pause(int call, Moment moment, Duration duration) implements Disturbance {}

  /** A reconcile sees objects so many versions behind. */
  record StaleView(int reconcile, Lag lag) implements Disturbance {}

  /** The account's queue is full when a reconcile asks for its permit. */
  record QueueFull(int reconcile, Comeback comeback) implements Disturbance {}

  /**
   * By how many versions caches are behind.
   *
   * @param resource the one of the resource
   * @param secrets those of Secrets
   */
  record Lag(int resource, int secrets) {
    static final Lag NONE = new Lag(0, 0);

    static Lag of(int everything) {
      return new Lag(everything, everything);
    }

    boolean none() {
      return resource == 0 && secrets == 0;
    }

    @Override
    public String toString() {
      return resource + " and " + secrets + " behind";
    }
  }

  /** The name under which schedules are counted. */
  default String axis() {
    return switch (this) {
      case Crash(var _, var moment, var loss) -> "crash " + moment + " call, lost " + loss;
      case ApiServerFails(var _, var moment) -> "API server fails " + moment + " write";
      case WritesRefused _ -> "writes refused";
      case Answer(var _, var outcome) -> "outcome " + outcome;
      case Outage(var _, var outcome) -> "outage " + outcome;
      case SecondReplica(var _, var moment, var lag, var stay) ->
          "second replica " + moment + " call, " + lag + ", " + stay;
      case Outside(var _, var moment, var event) -> event + " " + moment + " call";
      case Pause(var _, var moment, var duration) ->
          "pause of " + duration.toSeconds() + " s " + moment + " call";
      case StaleView(var _, var lag) -> "caches of resource and Secrets " + lag;
      case QueueFull(var _, var comeback) -> "queued, " + comeback;
    };
  }

  /** The same one at an earlier call or reconcile, for shrinking. */
  default Disturbance at(int position) {
    return switch (this) {
      case Crash(var _, var moment, var loss) -> new Crash(position, moment, loss);
      case ApiServerFails(var _, var moment) -> new ApiServerFails(position, moment);
      case WritesRefused _ -> new WritesRefused(position);
      case Answer(var _, var outcome) -> new Answer(position, outcome);
      case Outage(var _, var outcome) -> new Outage(position, outcome);
      case SecondReplica(var _, var moment, var lag, var stay) ->
          new SecondReplica(position, moment, lag, stay);
      case Outside(var _, var moment, var event) -> new Outside(position, moment, event);
      case Pause(var _, var moment, var duration) -> new Pause(position, moment, duration);
      case StaleView(var _, var lag) -> new StaleView(position, lag);
      case QueueFull(var _, var comeback) -> new QueueFull(position, comeback);
    };
  }

  /** Whether it strikes from within a port call, at this moment of this one. */
  default boolean strikes(int call, Moment when) {
    return switch (this) {
      case Crash d -> d.call() == call && d.moment() == when;
      case ApiServerFails d -> d.call() == call && d.moment() == when;
      case SecondReplica d -> d.call() == call && d.moment() == when;
      case Outside d -> d.call() == call && d.moment() == when;
      case Pause d -> d.call() == call && d.moment() == when;
      case WritesRefused _, Answer _, Outage _, StaleView _, QueueFull _ -> false;
    };
  }

  default int position() {
    return switch (this) {
      case Crash d -> d.call();
      case ApiServerFails d -> d.call();
      case WritesRefused d -> d.call();
      case Answer d -> d.call();
      case Outage d -> d.call();
      case SecondReplica d -> d.call();
      case Outside d -> d.call();
      case Pause d -> d.call();
      case StaleView d -> d.reconcile();
      case QueueFull d -> d.reconcile();
    };
  }
}
