package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a control plane is started with.
 *
 * @param directory for everything it writes: data, keys, kubeconfig files, {@code log/*.log};
 *     created when absent
 * @param binaries what is run
 * @param auditPolicy an audit policy file; without one the API server keeps no audit log
 * @param apiServerArguments further arguments of kube-apiserver, which win over the usual ones
 */
public record ControlPlaneOptions(
    Path directory,
    ControlPlaneBinaries binaries,
    Optional<Path> auditPolicy,
    List<String> apiServerArguments) {

  public ControlPlaneOptions {
    directory = directory.toAbsolutePath().normalize();
    apiServerArguments = List.copyOf(apiServerArguments);
  }

  /** No audit log, no further arguments. */
  public static ControlPlaneOptions in(Path directory, ControlPlaneBinaries binaries) {
    return new ControlPlaneOptions(directory, binaries, Optional.empty(), List.of());
  }

  public ControlPlaneOptions withAuditPolicy(Path file) {
    return new ControlPlaneOptions(
        directory, binaries, Optional.of(file.toAbsolutePath()), apiServerArguments);
  }

  public ControlPlaneOptions withApiServerArguments(String... arguments) {
    return new ControlPlaneOptions(directory, binaries, auditPolicy, List.of(arguments));
  }
}
