package io.cloudelements.connectwise.status;

/** The types of the resource's conditions. */
public enum ConditionType {
  READY("Ready"),
  SYNCED("Synced"),
  RECONCILING("Reconciling"),
  STALLED("Stalled");

  private final String label;

  ConditionType(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
