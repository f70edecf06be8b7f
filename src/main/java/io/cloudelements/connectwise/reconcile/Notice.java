package io.cloudelements.connectwise.reconcile;

/**
 * News for people, published as a Kubernetes event.
 *
 * @param reason the event's reason, one word
 */
public record Notice(boolean warning, String reason, String message) {
  static Notice normal(String reason, String message) {
    return new Notice(false, reason, message);
  }

  static Notice warning(String reason, String message) {
    return new Notice(true, reason, message);
  }
}
