package io.cloudelements.connectwise.platform;

/**
 * Why the service is called, which decides who goes first when an account's calls have to wait. In
 * order of urgency.
 */
public enum Lane {
  /** Deletions, and what a user or a Secret asks of an instance that exists. */
  CHANGES("changes"),
  /** Instances that do not exist yet. */
  CREATIONS("creations"),
  /** Looking whether anything differs, where nobody asked. */
  DRIFT("drift");

  private final String label;

  Lane(String label) {
    this.label = label;
  }

  /** The value of a metric's label {@code lane}. */
  public String label() {
    return label;
  }
}
