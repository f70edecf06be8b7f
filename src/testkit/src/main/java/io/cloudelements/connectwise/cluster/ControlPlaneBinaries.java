package io.cloudelements.connectwise.cluster;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The executables of a control plane.
 *
 * @param directory has etcd, kube-apiserver and perhaps kube-controller-manager
 * @param version of its kube-apiserver
 * @param kubectl from the same directory or from the path
 * @param origin who put them there, in words
 */
public record ControlPlaneBinaries(
    Path directory, KubernetesVersion version, Optional<Path> kubectl, String origin) {

  /** The Kubernetes version that is built, and that the product is tested against. */
  public static final String VERSION = "v1.37.2";

  /** Names a directory of ready-made executables, as kubebuilder's {@code setup-envtest} does. */
  public static final String ASSETS_VARIABLE = "KUBEBUILDER_ASSETS";

  static final String ETCD = "etcd";
  static final String API_SERVER = "kube-apiserver";
  static final String CONTROLLER_MANAGER = "kube-controller-manager";
  static final String KUBECTL = "kubectl";

  /** Enough for an operator and its resources; setup-envtest ships no controller manager. */
  static final List<String> SERVERS = List.of(ETCD, API_SERVER);

  /** In the order in which they are built. */
  static final List<String> ALL = List.of(ETCD, API_SERVER, CONTROLLER_MANAGER, KUBECTL);

  /**
   * All that tests need, with the garbage collector and a kubectl, built first if need be.
   *
   * @param progress is told how a build goes, and what is passed over
   * @throws ControlPlaneException there are none and they cannot be built
   */
  public static ControlPlaneBinaries locate(PrintStream progress) {
    return BinaryLocator.ofThisMachine(progress).forTests();
  }

  /**
   * At least etcd and kube-apiserver, built first if need be.
   *
   * @param progress is told how a build goes, and what is passed over
   * @throws ControlPlaneException there are none and they cannot be built
   */
  public static ControlPlaneBinaries locateServers(PrintStream progress) {
    return BinaryLocator.ofThisMachine(progress).servers();
  }

  /** Builds a kubectl where go is on the path; empty elsewhere. */
  public static Optional<Path> buildKubectl(PrintStream progress) {
    return BinaryLocator.ofThisMachine(progress).builtKubectl();
  }

  /** One that is here already, of any version. */
  public static Optional<Path> findKubectl() {
    return BinaryLocator.ofThisMachine(System.out).anyKubectl();
  }

  static List<String> missing(Path directory, List<String> names) {
    return names.stream().filter(name -> !isProgram(directory.resolve(name))).toList();
  }

  static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /** Whether garbage collection, namespace deletion and default service accounts work. */
  public boolean hasControllerManager() {
    return isProgram(controllerManager());
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

  @Override
  public String toString() {
    return "Kubernetes %s, %s (%s)".formatted(version, origin, directory);
  }
}
