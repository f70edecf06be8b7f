package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;

/** What the audit log of a control plane holds. */
public enum AuditPolicy {
  /** Every write. */
  WRITES("audit-writes.yaml"),
  /** Every call of a service account. */
  EVERYTHING("audit-everything.yaml");

  private final Path file;

  AuditPolicy(String name) {
    this.file = Path.of("src", "testkit", "src", "main", "audit", name).toAbsolutePath();
  }

  /** The API server's policy file, in the repository. */
  public Path file() {
    return file;
  }
}
