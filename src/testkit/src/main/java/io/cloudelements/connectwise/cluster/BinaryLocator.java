package io.cloudelements.connectwise.cluster;

import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.ALL;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.API_SERVER;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.ASSETS_VARIABLE;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.CONTROLLER_MANAGER;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.KUBECTL;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.SERVERS;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.VERSION;
import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.missing;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the executables of a control plane come from, the first that has what is needed: {@code
 * KUBEBUILDER_ASSETS}, the store of {@code setup-envtest}, this project's cache, a build into that
 * cache.
 *
 * @param platform as Go names it, for example {@code linux-amd64}
 * @param builder fills the cache
 * @param out is told what is passed over and why
 */
record BinaryLocator(
    Map<String, String> environment, Path home, String platform, Builder builder, PrintStream out) {

  private static final String FROM_ASSETS = "from " + ASSETS_VARIABLE;
  private static final KubernetesVersion BUILT = KubernetesVersion.in(VERSION).orElseThrow();

  /** Builds what is missing in a directory. */
  @FunctionalInterface
  interface Builder {
    /**
     * @param go the go command
     * @param directory gets every executable of these names that it does not have yet
     */
    void build(Path go, Path directory, List<String> names);
  }

  static BinaryLocator ofThisMachine(PrintStream out) {
    return new BinaryLocator(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        platform(System.getProperty("os.name"), System.getProperty("os.arch")),
        (go, directory, names) -> new GoBuild(go, directory, names, out).run(),
        out);
  }

  static String platform(String system, String architecture) {
    return (system.startsWith("Mac") ? "darwin" : "linux")
        + (architecture.equals("aarch64") ? "-arm64" : "-amd64");
  }

  /** With a garbage collector, unless the assets have none, and a kubectl of the server's time. */
  ControlPlaneBinaries forTests() {
    Optional<Path> assets = assets();
    if (assets.isPresent()) {
      return requireKubectl(binaries(assets.get(), FROM_ASSETS, false));
    }
    boolean kubectlIsThere = kubectl(cache(), BUILT, false).isPresent();
    return cached(kubectlIsThere ? ALL.subList(0, ALL.indexOf(KUBECTL)) : ALL, false);
  }

  /** Perhaps without garbage collector and kubectl. */
  ControlPlaneBinaries servers() {
    return assets()
        .map(folder -> binaries(folder, FROM_ASSETS, true))
        .or(() -> stored().map(folder -> binaries(folder, "from setup-envtest", true)))
        .orElseGet(() -> cached(SERVERS, true));
  }

  Optional<Path> anyKubectl() {
    return kubectl(cache(), BUILT, true);
  }

  Optional<Path> builtKubectl() {
    return onPath("go")
        .map(go -> {
          builder.build(go, cache(), List.of(KUBECTL));
          return cache().resolve(KUBECTL);
        });
  }

  private Optional<Path> assets() {
    Optional<Path> assets =
        variable(ASSETS_VARIABLE).map(value -> Path.of(value).toAbsolutePath().normalize());
    assets
        .flatMap(BinaryLocator::problem)
        .ifPresent(problem -> {
          throw new ControlPlaneException(
              "%s is %s, %s. Correct it, or unset it to use the executables that this project finds or builds."
                  .formatted(ASSETS_VARIABLE, assets.get(), problem));
        });
    return assets;
  }

  private ControlPlaneBinaries requireKubectl(ControlPlaneBinaries assets) {
    if (assets.kubectl().isEmpty()) {
      throw new ControlPlaneException(
          "%s is %s, which lacks kubectl, and the path has none within one minor version of %s. Add one, or unset the variable to use the executables that this project builds."
              .formatted(ASSETS_VARIABLE, assets.directory(), assets.version()));
    }
    return assets;
  }

  /** The newest in the store of setup-envtest that can be used. */
  private Optional<Path> stored() {
    for (Path folder : storedFolders()) {
      Optional<String> problem = problem(folder);
      if (problem.isEmpty()) {
        return Optional.of(folder);
      }
      out.printf(
          "Passed over: %s, %s. \"setup-envtest use\" brings another.%n", folder, problem.get());
    }
    return Optional.empty();
  }

  private List<Path> storedFolders() {
    Path store = store().resolve("k8s");
    if (!Files.isDirectory(store)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(store)) {
      return folders
          .filter(folder -> nameOf(folder).endsWith("-" + platform))
          .filter(folder -> KubernetesVersion.in(nameOf(folder)).isPresent())
          .sorted(
              Comparator.comparing(
                  folder -> KubernetesVersion.in(nameOf(folder)).orElseThrow(),
                  Comparator.reverseOrder()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As in setup-envtest's store/helpers.go. */
  private Path store() {
    return platform.startsWith("darwin")
        ? home.resolve(Path.of("Library", "Application Support", "io.kubebuilder.envtest"))
        : variable("XDG_DATA_HOME")
            .map(Path::of)
            .orElseGet(() -> home.resolve(Path.of(".local", "share")))
            .resolve("kubebuilder-envtest");
  }

  private Path cache() {
    return variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElseGet(() -> home.resolve(".cache"))
        .resolve(Path.of("connectwise-operator", "control-plane", VERSION));
  }

  private ControlPlaneBinaries cached(List<String> needed, boolean anyKubectl) {
    Path cache = cache();
    if (!missing(cache, needed).isEmpty()) {
      Path go =
          onPath("go").orElseThrow(() -> new ControlPlaneException(nothingFound(cache, needed)));
      builder.build(go, cache, needed);
    }
    problem(cache)
        .ifPresent(problem -> {
          throw new ControlPlaneException(
              "The executables of this project are in %s, %s. Delete that directory and run this again: it builds them anew."
                  .formatted(cache, problem));
        });
    return binaries(cache, "built by this project", anyKubectl);
  }

  private ControlPlaneBinaries binaries(Path folder, String origin, boolean anyKubectl) {
    KubernetesVersion version = serverVersion(folder).orElseThrow();
    return new ControlPlaneBinaries(folder, version, kubectl(folder, version, anyKubectl), origin);
  }

  private Optional<Path> kubectl(Path folder, KubernetesVersion server, boolean any) {
    return Optional.of(folder.resolve(KUBECTL))
        .filter(ControlPlaneBinaries::isProgram)
        .or(() ->
            onPath(KUBECTL)
                .filter(file ->
                    KubernetesVersion.of(file, "version", "--client")
                        .filter(client -> any || client.isWithinOneMinorOf(server))
                        .isPresent()));
  }

  /** Why an operator cannot be shown with these executables. */
  private static Optional<String> problem(Path folder) {
    List<String> missing = missing(folder, SERVERS);
    if (!missing.isEmpty()) {
      return Optional.of("which lacks " + String.join(", ", missing));
    }
    for (String name : SERVERS) {
      Command.CommandResult result = Command.of(folder.resolve(name), "--version").attempt();
      if (!result.succeeded() || KubernetesVersion.in(result.output()).isEmpty()) {
        return Optional.of(
            "whose %s cannot be run here (%s)"
                .formatted(name, result.lines().stream().findFirst().orElse("it prints nothing")));
      }
    }
    return serverVersion(folder)
        .filter(version -> !version.isSupported())
        .map(version ->
            "which is Kubernetes %s, and the operator needs %s or newer"
                .formatted(version, KubernetesVersion.OLDEST));
  }

  private static Optional<KubernetesVersion> serverVersion(Path folder) {
    return KubernetesVersion.of(folder.resolve(API_SERVER), "--version");
  }

  private String nothingFound(Path cache, List<String> needed) {
    return """
    No Kubernetes control plane was found on this machine, and go is not on the path to build one. Any one of these helps:
      1. install Go 1.26 or newer and run this again: it builds Kubernetes %1$s once, in some minutes;
      2. put the executables %2$s of Kubernetes %1$s into %3$s;
      3. set %4$s to a directory that has them%5$s.\
    """
        .formatted(
            VERSION,
            String.join(", ", needed),
            cache,
            ASSETS_VARIABLE,
            needed.contains(CONTROLLER_MANAGER)
                ? " (without kube-controller-manager, tests of garbage collection are skipped)"
                : ", or get one by \"setup-envtest use\";\n  4. use a cluster that you have: ./demo --context NAME");
  }

  private Optional<Path> onPath(String name) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isBlank())
        .map(entry -> Path.of(entry, name))
        .filter(ControlPlaneBinaries::isProgram)
        .findFirst();
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String nameOf(Path folder) {
    return folder.getFileName().toString();
  }
}
