package io.cloudelements.connectwise.reconcile;

/**
 * A Kubernetes event about a resource.
 *
 * @param reason the event's reason, one word
 */
public record EventRecord(boolean warning, String reason, String message) {
  public static EventRecord normal(String reason, String message) {
    return new EventRecord(false, reason, message);
  }

  public static EventRecord warning(String reason, String message) {
    return new EventRecord(true, reason, message);
  }
}
