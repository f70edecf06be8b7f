package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;

/**
 * A write that the API server did not take, and that met no conflict; or a read of a Secret,
 * without which no write can be decided, that it refused.
 *
 * @param code HTTP status; 0 when there was no answer
 * @param detail the server's words, bounded and free of secrets
 */
public record ClusterWriteFailure(WriteKind write, int code, String detail) {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  /** What was to be written, or read for it. */
  public enum WriteKind {
    ADD_FINALIZER("The finalizer cannot be added"),
    REMOVE_FINALIZER("The finalizer cannot be removed"),
    STATUS("The status cannot be written"),
    CREATE_SECRET("The token Secret cannot be created"),
    UPDATE_SECRET("The token Secret cannot be updated"),
    DELETE_SECRET("A token Secret cannot be deleted"),
    READ_SECRET("A Secret cannot be read");

    private final String text;

    WriteKind(String text) {
      this.text = text;
    }
  }

  /**
   * Whether the API server, a policy or a quota refused it (4xx), so that the same write is refused
   * again until a person changes something.
   */
  public boolean refused() {
    return code >= 400 && code < 500 && code != REQUEST_TIMEOUT && code != TOO_MANY_REQUESTS;
  }

  /**
   * What is said of it, and what to do about it.
   *
   * @param reason one of those that read {@code ClusterWriteRefused}
   */
  Outcome outcome(Reason reason) {
    return Outcome.of(
        reason,
        this
            + (refused()
                ? ". Change the policy, quota, right or finalizer that is in the way; the "
                    + verb()
                    + " is repeated by itself and asks the service nothing."
                : ". The write is repeated by itself and asks the service nothing. If this stays,"
                    + " look at the API server and its admission webhooks."));
  }

  private String verb() {
    return write == WriteKind.READ_SECRET ? "read" : "write";
  }

  @Override
  public String toString() {
    return write.text + ": " + (code == 0 ? detail : code + " " + detail);
  }
}
