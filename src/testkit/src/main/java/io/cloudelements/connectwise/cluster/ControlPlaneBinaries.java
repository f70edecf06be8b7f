package io.cloudelements.connectwise.cluster;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The four executables of a control plane, all in one directory.
 *
 * @param directory where they are
 */
public record ControlPlaneBinaries(Path directory) {

  /** The Kubernetes version that is built, and that the product is tested against. */
  public static final String VERSION = "v1.37.2";

  /** Names a directory of ready-made executables, as kubebuilder's {@code setup-envtest} does. */
  public static final String ASSETS_VARIABLE = "KUBEBUILDER_ASSETS";

  static final String ETCD = "etcd";
  static final String API_SERVER = "kube-apiserver";
  static final String CONTROLLER_MANAGER = "kube-controller-manager";
  static final String KUBECTL = "kubectl";

  /** In the order in which they are built: what fails early, fails cheaply. */
  static final List<String> ALL = List.of(ETCD, API_SERVER, CONTROLLER_MANAGER, KUBECTL);

  /** setup-envtest ships no controller manager. */
  private static final List<String> REQUIRED = List.of(ETCD, API_SERVER, KUBECTL);

  /** Builds what is missing in a directory. */
  @FunctionalInterface
  interface Builder {
    /**
     * @param go the go command
     * @param directory gets every executable of {@link #ALL} that it does not have yet
     */
    void build(Path go, Path directory);
  }

  /**
   * The executables of this machine, built first if need be (some six minutes, once).
   *
   * @param progress is told how a build goes; stays silent otherwise
   * @throws ControlPlaneException there are none and they cannot be built
   */
  public static ControlPlaneBinaries locate(PrintStream progress) {
    return locate(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        (go, directory) -> new GoBuild(go, directory, progress).run());
  }

  static ControlPlaneBinaries locate(Map<String, String> environment, Path home, Builder builder) {
    Optional<Path> assets = variable(environment, ASSETS_VARIABLE).map(Path::of);
    if (assets.isPresent()) {
      return fromAssets(assets.get());
    }
    Path cache =
        variable(environment, "XDG_CACHE_HOME")
            .map(Path::of)
            .orElseGet(() -> home.resolve(".cache"))
            .resolve(Path.of("connectwise-operator", "control-plane", VERSION));
    if (missing(cache, ALL).isEmpty()) {
      return new ControlPlaneBinaries(cache);
    }
    Path go =
        onPath(environment, "go").orElseThrow(() -> new ControlPlaneException(nothingFound(cache)));
    builder.build(go, cache);
    return new ControlPlaneBinaries(cache);
  }

  private static ControlPlaneBinaries fromAssets(Path assets) {
    List<String> missing = missing(assets, REQUIRED);
    if (!missing.isEmpty()) {
      throw new ControlPlaneException(
          "%s is %s, which lacks %s. Correct it, or unset it to use the executables that this project builds."
              .formatted(ASSETS_VARIABLE, assets, String.join(", ", missing)));
    }
    return new ControlPlaneBinaries(assets.toAbsolutePath());
  }

  private static String nothingFound(Path cache) {
    return """
    No Kubernetes control plane was found on this machine, and go is not on the path to build one. Any one of these helps:
      1. install Go 1.26 or newer and run this again: it builds Kubernetes %1$s once, in about six minutes;
      2. put the executables %2$s of Kubernetes %1$s into %3$s;
      3. set %4$s to a directory that has them (without kube-controller-manager, tests of garbage collection are skipped).\
    """
        .formatted(VERSION, String.join(", ", ALL), cache, ASSETS_VARIABLE);
  }

  static List<String> missing(Path directory, List<String> names) {
    return names.stream().filter(name -> !isProgram(directory.resolve(name))).toList();
  }

  /** Whether garbage collection, namespace deletion and default service accounts work. */
  public boolean hasControllerManager() {
    return isProgram(controllerManager());
  }

  /** What {@code kube-apiserver --version} says, for example {@code v1.37.2}. */
  public String version() {
    Command.Result result = Command.of(apiServer(), "--version").run();
    return result.outputOrThrow().replaceFirst("^Kubernetes ", "").strip();
  }

  Path etcd() {
    return directory.resolve(ETCD);
  }

  Path apiServer() {
    return directory.resolve(API_SERVER);
  }

  Path controllerManager() {
    return directory.resolve(CONTROLLER_MANAGER);
  }

  Path kubectl() {
    return directory.resolve(KUBECTL);
  }

  private static Optional<Path> onPath(Map<String, String> environment, String name) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isBlank())
        .map(entry -> Path.of(entry, name))
        .filter(ControlPlaneBinaries::isProgram)
        .findFirst();
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
