package io.cloudelements.connectwise.instance;

/** What a call is for, and its HTTP method (contract §2–§5, §11). */
public enum CallKind {
  CREATE("create", "POST"),
  READ("read", "GET"),
  FIND("find", "GET"),
  LIST("list", "GET"),
  ORGANIZATION("organization", "GET"),
  AUDIT_LOG("audit log", "GET"),
  PATCH("patch", "PATCH"),
  REPLACE("replace", "PUT"),
  ENABLE("enable", "PUT"),
  DISABLE("disable", "DELETE"),
  DELETE("delete", "DELETE");

  private final String label;
  private final String method;

  CallKind(String label, String method) {
    this.label = label;
    this.method = method;
  }

  /** Its name in metrics, traces and audit lines. */
  public String label() {
    return label;
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** Whether it changes nothing at the service. */
  public boolean isRead() {
    return method.equals("GET");
  }
}
