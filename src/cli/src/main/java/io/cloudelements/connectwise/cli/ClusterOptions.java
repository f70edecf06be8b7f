package io.cloudelements.connectwise.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster, in the words of kubectl: a plugin gets them behind its own name. */
final class ClusterOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "default: $KUBECONFIG, or ~/.kube/config")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "of the kubeconfig; default: its current one")
  private Optional<String> context = Optional.empty();

  Optional<Path> kubeconfig() {
    return kubeconfig;
  }

  Optional<String> context() {
    return context;
  }
}
