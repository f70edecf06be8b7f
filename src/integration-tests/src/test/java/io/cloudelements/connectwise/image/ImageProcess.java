package io.cloudelements.connectwise.image;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs an unpacked image as a node would: its files are the root file system, which is read-only,
 * the process has the image's user and nothing of this machine's environment, and it finds the API
 * server by a mounted service account. Network and process ids are this machine's. Needs root.
 *
 * @param root the unpacked image
 * @param user {@code uid:gid}
 * @param environment the image's, each {@code name=value}
 * @param command its entry point and arguments
 */
record ImageProcess(Path root, String user, List<String> environment, List<String> command) {
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  /**
   * Mounts are the process's own and end with it. Every step becomes the next (exec), so that the
   * process id stays.
   */
  private static final String START =
      """
      root=$1
      shift
      mount --bind "$root" "$root"
      while [ "$1" != -- ]; do
        mkdir -p "$root$2"
        mount --rbind "$1" "$root$2"
        shift 2
      done
      shift
      mount -o remount,bind,ro "$root"
      exec "$@"
      """;

  ImageProcess {
    environment = List.copyOf(environment);
    command = List.copyOf(command);
  }

  /** Starts it as the pod of a release with these settings, and returns at once. */
  OperatorProcess launch(
      ControlPlane controlPlane, SimulatorServer simulator, Map<String, String> settings) {
    return OperatorProcess.launch(controlPlane, simulator, settings, this::asPod);
  }

  /** Starts it without a cluster, with further arguments, and returns at once. */
  GuardedProcess start(Path log, List<String> arguments) {
    List<String> words = new ArrayList<>(words(Map.of(), Map.of()));
    words.addAll(arguments);
    return GuardedProcess.start("image", log, root.getParent(), Map.of(), words);
  }

  private List<String> asPod(Map<String, String> settings) {
    Config cluster = Config.fromKubeconfig(Path.of(settings.get("KUBECONFIG")).toFile());
    URI apiServer = URI.create(cluster.getMasterUrl());
    Map<String, String> variables = new HashMap<>(settings);
    variables.remove("KUBECONFIG");
    variables.put("KUBERNETES_SERVICE_HOST", apiServer.getHost());
    variables.put("KUBERNETES_SERVICE_PORT", Integer.toString(apiServer.getPort()));
    return words(Map.of(ACCOUNT, serviceAccount(cluster)), variables);
  }

  private List<String> words(Map<String, Path> mounts, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--mount", "--propagation", "private"));
    words.addAll(List.of("sh", "-euc", START, "image", root.toString()));
    for (String shared : List.of("/proc", "/sys", "/dev")) {
      words.addAll(List.of(shared, shared));
    }
    mounts.forEach((path, directory) -> words.addAll(List.of(directory.toString(), path)));
    words.addAll(List.of("--", "env", "-i"));
    words.addAll(environment);
    variables.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of("/usr/sbin/chroot", "--userspec=" + user, root.toString()));
    words.addAll(command);
    return words;
  }

  private Path serviceAccount(Config cluster) {
    try {
      Path directory = Files.createDirectories(root.resolveSibling("service-account"));
      Files.writeString(directory.resolve("token"), cluster.getAutoOAuthToken());
      Files.writeString(directory.resolve("namespace"), cluster.getNamespace());
      Files.write(directory.resolve("ca.crt"), Base64.getDecoder().decode(cluster.getCaCertData()));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
