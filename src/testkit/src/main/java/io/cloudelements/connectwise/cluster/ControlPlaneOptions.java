package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /** The same in a new directory below {@code target/control-plane}. */
  public static ControlPlaneOptions inNewDirectory(String prefix) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "control-plane"));
      return in(Files.createTempDirectory(parent, prefix), ControlPlaneBinaries.locate(System.out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ControlPlaneOptions withAuditPolicy(AuditPolicy policy) {
    return new ControlPlaneOptions(
        directory, binaries, Optional.of(policy.file()), apiServerArguments);
  }

  public ControlPlaneOptions withApiServerArguments(String... arguments) {
    return new ControlPlaneOptions(directory, binaries, auditPolicy, List.of(arguments));
  }
}
