package io.cloudelements.connectwise.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.crash.WriteBarrier.PendingWrite;
import java.util.Locale;

/**
 * Where in a creation the operator dies. A resource of the same name is held exactly there.
 *
 * <p>"Unread" is the other side of each write and call: it took effect, its answer was sent, and
 * the process died without having read it.
 */
enum CrashPoint {
  BEFORE_FINALIZER("", Hold.FINALIZER, false),
  FINALIZER_UNREAD("finalizer", Hold.FINALIZER, true),
  BEFORE_INTENT("finalizer", Hold.INTENT, false),
  INTENT_UNREAD("finalizer intent", Hold.INTENT, true),
  SEARCH_UNANSWERED("finalizer intent", Hold.SEARCH, false),
  POST_NEVER_APPLIED("finalizer intent", Hold.POST, false),
  POST_APPLIED_LATE("finalizer intent", Hold.POST, false),
  POST_APPLIED("finalizer intent instance", Hold.POST, true),
  POST_UNREAD("finalizer intent instance", Hold.POST, true),
  BEFORE_TOKEN("finalizer intent instance", Hold.TOKEN, false),
  TOKEN_UNREAD("finalizer intent instance token", Hold.TOKEN, true),
  BEFORE_REPORT("finalizer intent instance token", Hold.REPORT, false),
  REPORT_UNREAD("finalizer instance token ready", Hold.REPORT, true);

  /** The step of the protocol that does not return. */
  enum Hold {
    FINALIZER,
    INTENT,
    SEARCH,
    POST,
    TOKEN,
    REPORT
  }

  private final String leaves;
  private final Hold hold;
  private final boolean done;

  CrashPoint(String leaves, Hold hold, boolean done) {
    this.leaves = leaves;
    this.hold = hold;
    this.done = done;
  }

  String resource() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The objects that exist after the crash, in the order of their creation. */
  String leaves() {
    return leaves;
  }

  Hold hold() {
    return hold;
  }

  /** Whether the step at which it is held takes effect before the process dies. */
  boolean isDone() {
    return done;
  }

  /** How many calls to create an instance it takes altogether. */
  int creations() {
    return this == POST_NEVER_APPLIED ? 2 : 1;
  }

  /** Whether this write is the step at which this point's resource is held. */
  boolean holds(PendingWrite write) {
    return switch (hold) {
      case FINALIZER -> isOfResource(write, "connectwiseinstances");
      case INTENT -> isOfResource(write, "connectwiseinstances/status") && !isReport(write);
      case REPORT -> isOfResource(write, "connectwiseinstances/status") && isReport(write);
      case TOKEN -> write.what().equals("secrets") && write.name().equals(resource() + "-token");
      case SEARCH, POST -> false;
    };
  }

  private boolean isOfResource(PendingWrite write, String what) {
    return write.what().equals(what) && write.name().equals(resource());
  }

  private static boolean isReport(PendingWrite write) {
    JsonNode status = write.object().path("status");
    return status.hasNonNull("instanceId");
  }
}
