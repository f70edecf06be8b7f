package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Duration;

/** What happened in the queues, published outside of their lock. */
sealed interface QueueEvent {

  /** A place is reserved for the resource; its next {@code admit} takes it. */
  record Reserved(ResourceId resource) implements QueueEvent {}

  /** A resource got its permit. */
  record Waited(Priority priority, Duration time) implements QueueEvent {}

  /** An account is used for the first time, or again after it was forgotten. */
  record Opened(AccountQueue queue) implements QueueEvent {}

  /** An account has not been used for a while. */
  record Forgotten(AccountQueue queue) implements QueueEvent {}
}
