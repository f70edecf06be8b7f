package io.cloudelements.connectwise.instance;

/** What waits for a person to confirm it, recorded in the status. */
public enum HeldStep {
  NONE,
  /** The instance went together with many others; ends when it shows again. */
  RECREATION,
  /** The resource was deleted together with many others; ends when its deletion is let go. */
  DELETION;

  /** What is left of it when a creation or an adoption is recorded. */
  HeldStep afterRecord() {
    return this == DELETION ? DELETION : NONE;
  }
}
