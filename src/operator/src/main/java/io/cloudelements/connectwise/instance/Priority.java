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
  /** Drift checks that no user asked for. */
  DRIFT("drift");

  private final String label;

  Priority(String label) {
    this.label = label;
  }

  /** The value of a metric's label {@code lane}. */
  public String label() {
    return label;
  }
}
