package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * The real kubectl as one user, with a home directory of its own: the person's kubeconfig, plugins
 * and caches are neither read nor written.
 *
 * @param binary the kubectl to run
 * @param kubeconfig who it is and where the cluster is
 * @param home scratch directory
 */
public record Kubectl(Path binary, Path kubeconfig, Path home) {

  /**
   * How a run ended.
   *
   * @param exitCode 0 when all went well
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  public record KubectlResult(int exitCode, String output, String errors) {}

  /** Runs it and returns however it ended: for what is expected to be refused. */
  public KubectlResult attempt(String... arguments) {
    return result(command(arguments).run());
  }

  /** Like {@link #attempt}, with a manifest on standard input (for {@code -f -}). */
  public KubectlResult attemptWithInput(String input, String... arguments) {
    return result(command(arguments).withInput(input).run());
  }

  /**
   * Runs it and returns what it wrote to standard output.
   *
   * @throws ControlPlaneException it ended with an error; the message has its standard error
   */
  public String run(String... arguments) {
    return command(arguments).run().outputOrThrow();
  }

  /** Like {@link #run}, with a manifest on standard input (for {@code -f -}). */
  public String runWithInput(String input, String... arguments) {
    return command(arguments).withInput(input).run().outputOrThrow();
  }

  /**
   * What the server says to manifests, of which it writes nothing; a misspelt field is an error.
   */
  public KubectlResult validates(String manifests) {
    return attemptWithInput(
        manifests,
        "apply",
        "--server-side",
        "--force-conflicts",
        "--dry-run=server",
        "--validate=strict",
        "-f",
        "-");
  }

  private Command command(String... arguments) {
    return Command.of(binary, arguments)
        .withEnvironment(Map.of("HOME", home.toString(), "KUBECONFIG", kubeconfig.toString()));
  }

  private static KubectlResult result(Command.CommandResult run) {
    return new KubectlResult(run.exitCode(), run.output(), run.errors());
  }
}
