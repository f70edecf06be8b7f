package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;

/**
 * The custom resource definition as it is committed, which the build keeps equal to the records.
 */
public final class CrdFile {
  /** Relative to the root of the repository, where the build runs. */
  public static final Path PATH = Path.of("crds", "connectwiseinstances.cloudelements.io.yaml");

  private CrdFile() {}
}
