package io.cloudelements.connectwise.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which namespaces a command looks at, in the words of kubectl. */
final class NamespaceScope {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "default: the one of the context")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "all namespaces")
  private boolean all;

  /** Empty: all namespaces. */
  Optional<String> in(UserCluster cluster) {
    if (all && namespace.isPresent()) {
      throw CommandFailure.usage("--namespace and --all-namespaces exclude each other.");
    }
    return all ? Optional.empty() : namespace.or(() -> Optional.of(cluster.namespace()));
  }

  /** For messages. */
  static String words(Optional<String> scope) {
    return scope.map(name -> "namespace " + name).orElse("all namespaces");
  }
}
