package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;

/**
 * A custom resource definition as it is committed, which the build keeps equal to the records. In
 * the order in which they are shown.
 */
public enum CrdFile {
  INSTANCES("connectwiseinstances"),
  ACCOUNTS("cloudelementsaccounts");

  /** Where they are, relative to the root of the repository, where the build runs. */
  public static final Path FOLDER = Path.of("crds");

  private final String plural;

  CrdFile(String plural) {
    this.plural = plural;
  }

  public Path path() {
    return FOLDER.resolve(definition() + ".yaml");
  }

  /** Name of the definition in it. */
  public String definition() {
    return plural + ".cloudelements.io";
  }
}
