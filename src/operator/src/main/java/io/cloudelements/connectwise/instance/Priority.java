package io.cloudelements.connectwise.instance;

/**
 * Why the service is called, which decides who goes first when an account's calls have to wait. In
 * order of urgency.
 */
public enum Priority {
  /** Deletions, and what a user or a Secret asks of an instance that exists. */
  CHANGES("changes"),
  /** Instances that do not exist yet. */
  CREATIONS("creations"),
  /** Looking whether anything differs, where nobody asked. */
  DRIFT("drift");

  private final String label;

  Priority(String label) {
    this.label = label;
  }

  /** The value of a metric's label {@code priority}. */
  public String label() {
    return label;
  }
}
