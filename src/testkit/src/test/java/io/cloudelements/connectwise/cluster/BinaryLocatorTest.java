package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which executables are used, in which order of preference. */
class BinaryLocatorTest {

  private static final String CACHE = ".cache/connectwise-operator/control-plane/v1.37.2";
  private static final String STORE = ".local/share/kubebuilder-envtest/k8s/";

  private record Build(Path go, Path directory, List<String> names) {}

  @TempDir private Path machine;

  private final List<Build> builds = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** Without it a user's own executables would be ignored in favour of a build of minutes. */
  @Test
  void assetsWinOverTheCache() {
    // Given
    Path assets =
        programs(
            "assets", "v1.34.1", "etcd", "kube-apiserver", "kube-controller-manager", "kubectl");
    programs(CACHE, "v1.37.2", allNames());
    // When
    ControlPlaneBinaries found = machineWith("KUBEBUILDER_ASSETS", assets).forTests();
    // Then
    assertThat(found.directory()).isEqualTo(assets);
    assertThat(found.hasControllerManager()).isTrue();
    assertThat(found).hasToString("Kubernetes v1.34.1, from KUBEBUILDER_ASSETS (" + assets + ")");
  }

  /** setup-envtest's directories have no controller manager and must be usable all the same. */
  @Test
  void assetsWithoutControllerManagerAreAccepted() {
    // Given
    Path assets = programs("assets", "v1.34.1", "etcd", "kube-apiserver", "kubectl");
    // When
    ControlPlaneBinaries found = machineWith("KUBEBUILDER_ASSETS", assets).forTests();
    // Then
    assertThat(found.hasControllerManager()).isFalse();
  }

  /** A typing error in the variable must not silently become a build. */
  @Test
  void incompleteAssetsAreAnError() {
    // Given
    Path assets = programs("assets", "v1.34.1", "etcd");
    BinaryLocator locator = machineWith("KUBEBUILDER_ASSETS", assets);
    // When // Then
    assertThatThrownBy(locator::servers)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessage(
            "KUBEBUILDER_ASSETS is %s, which lacks kube-apiserver. Correct it, or unset it to use the executables that this project finds or builds.",
            assets);
  }

  /** The operator would fail later and say less. */
  @Test
  void assetsOfAnOldKubernetesAreRefused() {
    // Given
    Path assets = programs("assets", "v1.29.14", "etcd", "kube-apiserver", "kubectl");
    BinaryLocator locator = machineWith("KUBEBUILDER_ASSETS", assets);
    // When // Then
    assertThatThrownBy(locator::servers)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining(
            "%s, which is Kubernetes v1.29.14, and the operator needs 1.30 or newer. Correct it, or unset it",
            assets);
  }

  /** Executables of another processor, for example on a home directory that machines share. */
  @Test
  void assetsThatCannotRunAreRefused() throws IOException {
    // Given
    Path assets = programs("assets", "v1.34.1", "etcd", "kube-apiserver");
    Files.write(assets.resolve("etcd"), new byte[] {0x7f, 'E', 'L', 'F', 0, 0, 0});
    BinaryLocator locator = machineWith("KUBEBUILDER_ASSETS", assets);
    // When // Then
    assertThatThrownBy(locator::servers)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("%s, whose etcd cannot be run here (", assets);
  }

  /** A test of kubectl's texts fails on a kubectl of another time. */
  @Test
  void testsTakeOnlyAKubectlOfTheServersTime() {
    // Given
    Path assets = programs("assets", "v1.34.1", "etcd", "kube-apiserver");
    Path near = programs("near", "v1.35.0", "kubectl");
    Path far = programs("far", "v1.36.0", "kubectl");
    // When
    ControlPlaneBinaries found = machineWith("KUBEBUILDER_ASSETS", assets, "PATH", near).forTests();
    BinaryLocator withOther = machineWith("KUBEBUILDER_ASSETS", assets, "PATH", far);
    // Then
    assertThat(found.kubectl()).contains(near.resolve("kubectl"));
    assertThatThrownBy(withOther::forTests)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("the path has none within one minor version of v1.34.1");
    assertThat(withOther.servers().kubectl()).contains(far.resolve("kubectl"));
  }

  /** Binaries of setup-envtest are preferred, since they are downloaded already. */
  @Test
  void theDemoTakesTheNewestOfSetupEnvtest() {
    // Given
    programs(STORE + "1.9.1-linux-amd64", "v1.9.1", "etcd", "kube-apiserver");
    programs(STORE + "1.36.0-linux-arm64", "v1.36.0", "etcd", "kube-apiserver");
    Path newest = programs(STORE + "1.35.10-linux-amd64", "v1.35.10", "etcd", "kube-apiserver");
    programs(STORE + "1.35.9-linux-amd64", "v1.35.9", "etcd", "kube-apiserver");
    programs(CACHE, "v1.37.2", allNames());
    // When
    ControlPlaneBinaries found = machineWith().servers();
    // Then
    assertThat(found).hasToString("Kubernetes v1.35.10, from setup-envtest (" + newest + ")");
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  /** It was not chosen by the user, so it is passed over, with a word. */
  @Test
  void anOldOneOfSetupEnvtestIsPassedOver() {
    // Given
    Path old = programs(STORE + "1.28.3-linux-amd64", "v1.28.3", "etcd", "kube-apiserver");
    Path cache = programs(CACHE, "v1.37.2", "etcd", "kube-apiserver");
    // When
    ControlPlaneBinaries found = machineWith().servers();
    // Then
    assertThat(found.directory()).isEqualTo(cache);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "Passed over: %s, which is Kubernetes v1.28.3, and the operator needs 1.30 or newer. \"setup-envtest use\" brings another.%n",
            old);
  }

  /** Two tests in three need what setup-envtest does not have. */
  @Test
  void testsDoNotTakeThatOfSetupEnvtest() {
    // Given
    programs(STORE + "1.35.0-linux-amd64", "v1.35.0", "etcd", "kube-apiserver", "kubectl");
    Path cache = programs(CACHE, "v1.37.2", allNames());
    // When
    ControlPlaneBinaries found = machineWith().forTests();
    // Then
    assertThat(found.directory()).isEqualTo(cache);
  }

  /** setup-envtest's own rule for where its store is. */
  @Test
  void theStoreIsWhereSetupEnvtestHasIt() {
    // Given
    Path moved =
        programs(
            "data/kubebuilder-envtest/k8s/1.35.0-linux-amd64", "v1.35.0", "etcd", "kube-apiserver");
    Path onMac =
        programs(
            "Library/Application Support/io.kubebuilder.envtest/k8s/1.35.0-darwin-arm64",
            "v1.35.0",
            "etcd",
            "kube-apiserver");
    // When
    ControlPlaneBinaries found = machineWith("XDG_DATA_HOME", machine.resolve("data")).servers();
    ControlPlaneBinaries foundOnMac =
        locator(BinaryLocator.platform("Mac OS X", "aarch64"), Map.of()).servers();
    // Then
    assertThat(found.directory()).isEqualTo(moved);
    assertThat(foundOnMac.directory()).isEqualTo(onMac);
  }

  /** Binaries that were built once are not built again, even where there is go. */
  @Test
  void cacheWinsOverBuilding() {
    // Given
    Path cache = programs(CACHE, "v1.37.2", allNames());
    Path tools = programs("tools", "", "go");
    // When
    ControlPlaneBinaries found = machineWith("PATH", tools).forTests();
    // Then
    assertThat(found.directory()).isEqualTo(cache);
    assertThat(builds).isEmpty();
  }

  /** The way out of a cache that another machine filled. */
  @Test
  void aCacheThatCannotRunIsNamed() throws IOException {
    // Given
    Path cache = programs(CACHE, "v1.37.2", allNames());
    Files.writeString(cache.resolve("kube-apiserver"), "#!/bin/sh\necho broken >&2; exit 1\n");
    BinaryLocator locator = machineWith();
    // When // Then
    assertThatThrownBy(locator::servers)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessage(
            "The executables of this project are in %s, whose kube-apiserver cannot be run here (broken). Delete that directory and run this again: it builds them anew.",
            cache);
  }

  /** The cache follows the XDG base directory rule that other tools follow. */
  @Test
  void usesTheConfiguredCacheHome() {
    // Given
    Path cache =
        programs("elsewhere/connectwise-operator/control-plane/v1.37.2", "v1.37.2", allNames());
    // When
    ControlPlaneBinaries found =
        machineWith("XDG_CACHE_HOME", machine.resolve("elsewhere")).forTests();
    // Then
    assertThat(found.directory()).isEqualTo(cache);
  }

  /** A cache that an interrupted build left incomplete is completed, not trusted. */
  @Test
  void incompleteCacheIsBuilt() {
    // Given
    Path cache = programs(CACHE, "v1.37.2", "etcd");
    Path tools = programs("tools", "", "go");
    // When
    ControlPlaneBinaries found =
        machineWith("PATH", Path.of(machine.resolve("nowhere") + ":" + tools)).forTests();
    // Then
    assertThat(found.directory()).isEqualTo(cache);
    assertThat(builds)
        .containsExactly(new Build(tools.resolve("go"), cache, ControlPlaneBinaries.ALL));
  }

  /** The demo begins minutes earlier without what it does not need. */
  @Test
  void theDemoBuildsTwoServersOnly() {
    // Given
    Path tools = programs("tools", "", "go");
    // When
    ControlPlaneBinaries found = machineWith("PATH", tools).servers();
    // Then
    assertThat(builds).extracting(Build::names).containsExactly(List.of("etcd", "kube-apiserver"));
    assertThat(found.kubectl()).isEmpty();
    assertThat(found.hasControllerManager()).isFalse();
  }

  /** A person without kubectl wants one to look around. */
  @Test
  void aKubectlIsBuiltByItself() {
    // Given
    Path tools = programs("tools", "", "go");
    // When
    Optional<Path> kubectl = machineWith("PATH", tools).builtKubectl();
    // Then
    assertThat(kubectl).contains(machine.resolve(CACHE).resolve("kubectl"));
    assertThat(builds).extracting(Build::names).containsExactly(List.of("kubectl"));
    assertThat(machineWith().builtKubectl()).isEmpty();
  }

  /** A kubectl on the path spares tests its build, when it is of the servers' time. */
  @Test
  void testsBuildNoKubectlWhereOneIsOnThePath() {
    // Given
    Path tools = programs("tools", "", "go");
    Path near = programs("near", "v1.36.4", "kubectl");
    // When
    ControlPlaneBinaries found = machineWith("PATH", Path.of(tools + ":" + near)).forTests();
    // Then
    assertThat(found.kubectl()).contains(near.resolve("kubectl"));
    assertThat(builds)
        .extracting(Build::names)
        .containsExactly(List.of("etcd", "kube-apiserver", "kube-controller-manager"));
  }

  /** A newcomer without Go has to be told each way out, once and with the exact names. */
  @Test
  void missingBinariesNameTheThreeRemedies() {
    // Given
    BinaryLocator locator = machineWith("PATH", programs("tools", "", "java"));
    // When // Then
    assertThatThrownBy(locator::forTests)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContainingAll(
            "1. install Go 1.26",
            "2. put the executables etcd, kube-apiserver, kube-controller-manager, kubectl of Kubernetes v1.37.2 into "
                + machine.resolve(CACHE),
            "3. set KUBEBUILDER_ASSETS");
    assertThatThrownBy(locator::servers)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContainingAll(
            "the executables etcd, kube-apiserver of Kubernetes v1.37.2",
            "\"setup-envtest use\"",
            "4. use a cluster that you have: ./demo --context NAME");
    assertThat(builds).isEmpty();
  }

  /** A laptop may lack the garbage collector; CI must never pass without it. */
  @Test
  void skipsGarbageCollectionTestsUnlessForbidden() {
    // Given
    Path assets = programs("assets", "v1.34.1", "etcd", "kube-apiserver", "kubectl");
    ControlPlaneBinaries binaries = machineWith("KUBEBUILDER_ASSETS", assets).forTests();
    // When
    var result = GarbageCollectionCondition.decide(binaries, false);
    // Then
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).get().asString().contains("no kube-controller-manager");
    assertThatThrownBy(() -> GarbageCollectionCondition.decide(binaries, true))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("no test may be skipped");
  }

  private BinaryLocator machineWith() {
    return locator("linux-amd64", Map.of());
  }

  private BinaryLocator machineWith(String variable, Path value) {
    return locator("linux-amd64", Map.of(variable, value.toString()));
  }

  private BinaryLocator machineWith(String variable, Path value, String other, Path otherValue) {
    return locator("linux-amd64", Map.of(variable, value.toString(), other, otherValue.toString()));
  }

  private BinaryLocator locator(String platform, Map<String, String> environment) {
    return new BinaryLocator(
        environment,
        machine,
        platform,
        (go, directory, names) -> {
          builds.add(new Build(go, directory, names));
          ControlPlaneBinaries.missing(directory, names)
              .forEach(name -> program(directory, "v1.37.2", name));
        },
        new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static String[] allNames() {
    return ControlPlaneBinaries.ALL.toArray(String[]::new);
  }

  private Path programs(String directory, String version, String... names) {
    Path created = machine.resolve(directory);
    for (String name : names) {
      program(created, version, name);
    }
    return created;
  }

  /** Says its version as the real one does; any argument will do. */
  private static void program(Path directory, String version, String name) {
    String says =
        switch (name) {
          case "etcd" -> "etcd Version: 3.6.5";
          case "kubectl" -> "Client Version: " + version;
          default -> "Kubernetes " + version;
        };
    try {
      Files.createDirectories(directory);
      Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\necho '" + says + "'\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
