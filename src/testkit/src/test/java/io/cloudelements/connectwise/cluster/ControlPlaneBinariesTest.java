package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which executables are used, in which order of preference. */
class ControlPlaneBinariesTest {

  @TempDir private Path machine;

  private final List<Path> built = new ArrayList<>();

  /** Without it a user's own executables would be ignored in favour of a six-minute build. */
  @Test
  void assetsWinOverTheCache() {
    // Given
    Path assets =
        programs("assets", "etcd", "kube-apiserver", "kube-controller-manager", "kubectl");
    programs(".cache/connectwise-operator/control-plane/v1.37.2", allNames());
    // When
    ControlPlaneBinaries found = locate(Map.of("KUBEBUILDER_ASSETS", assets.toString()));
    // Then
    assertThat(found.directory()).isEqualTo(assets);
    assertThat(found.hasControllerManager()).isTrue();
  }

  /** setup-envtest's directories have no controller manager and must be usable all the same. */
  @Test
  void assetsWithoutControllerManagerAreAccepted() {
    // Given
    Path assets = programs("assets", "etcd", "kube-apiserver", "kubectl");
    // When
    ControlPlaneBinaries found = locate(Map.of("KUBEBUILDER_ASSETS", assets.toString()));
    // Then
    assertThat(found.hasControllerManager()).isFalse();
  }

  /** A typing error in the variable must not silently become a build. */
  @Test
  void incompleteAssetsAreAnError() {
    // Given
    Path assets = programs("assets", "etcd");
    Map<String, String> environment = Map.of("KUBEBUILDER_ASSETS", assets.toString());
    // When // Then
    assertThatThrownBy(() -> locate(environment))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessage(
            "KUBEBUILDER_ASSETS is %s, which lacks kube-apiserver, kubectl. Correct it, or unset it to use the executables that this project builds.",
            assets);
  }

  /** What was built once is not built again, even where there is go. */
  @Test
  void cacheWinsOverBuilding() {
    // Given
    Path cache = programs(".cache/connectwise-operator/control-plane/v1.37.2", allNames());
    Path tools = programs("tools", "go");
    // When
    ControlPlaneBinaries found = locate(Map.of("PATH", tools.toString()));
    // Then
    assertThat(found.directory()).isEqualTo(cache);
    assertThat(built).isEmpty();
  }

  /** The cache follows the XDG base directory rule that other tools follow. */
  @Test
  void usesTheConfiguredCacheHome() {
    // Given
    Path cache = programs("elsewhere/connectwise-operator/control-plane/v1.37.2", allNames());
    // When
    ControlPlaneBinaries found =
        locate(Map.of("XDG_CACHE_HOME", machine.resolve("elsewhere").toString()));
    // Then
    assertThat(found.directory()).isEqualTo(cache);
  }

  /** A cache that an interrupted build left incomplete is completed, not trusted. */
  @Test
  void incompleteCacheIsBuilt() {
    // Given
    Path cache = programs(".cache/connectwise-operator/control-plane/v1.37.2", "etcd");
    Path tools = programs("tools", "go");
    // When
    ControlPlaneBinaries found = locate(Map.of("PATH", machine.resolve("nowhere") + ":" + tools));
    // Then
    assertThat(found.directory()).isEqualTo(cache);
    assertThat(built).containsExactly(tools.resolve("go"), cache);
  }

  /** A newcomer without Go has to be told each way out, once and with the exact names. */
  @Test
  void missingBinariesNameTheThreeRemedies() {
    // Given
    Map<String, String> environment = Map.of("PATH", programs("tools", "java").toString());
    // When // Then
    assertThatThrownBy(() -> locate(environment))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContainingAll(
            "1. install Go 1.26",
            "2. put the executables etcd, kube-apiserver, kube-controller-manager, kubectl of Kubernetes v1.37.2 into "
                + machine.resolve(".cache/connectwise-operator/control-plane/v1.37.2"),
            "3. set KUBEBUILDER_ASSETS");
    assertThat(built).isEmpty();
  }

  /** A laptop may lack the garbage collector; CI must never pass without it. */
  @Test
  void skipsGarbageCollectionTestsUnlessForbidden() {
    // Given
    ControlPlaneBinaries binaries =
        new ControlPlaneBinaries(programs("assets", "etcd", "kube-apiserver", "kubectl"));
    // When
    var result = GarbageCollectionCondition.decide(binaries, false);
    // Then
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).get().asString().contains("no kube-controller-manager");
    assertThatThrownBy(() -> GarbageCollectionCondition.decide(binaries, true))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("no test may be skipped");
  }

  private ControlPlaneBinaries locate(Map<String, String> environment) {
    return ControlPlaneBinaries.locate(
        environment,
        machine,
        (go, directory) -> {
          built.add(go);
          built.add(directory);
        });
  }

  private static String[] allNames() {
    return ControlPlaneBinaries.ALL.toArray(String[]::new);
  }

  private Path programs(String directory, String... names) {
    try {
      Path created = Files.createDirectories(machine.resolve(directory));
      for (String name : names) {
        assertThat(Files.createFile(created.resolve(name)).toFile().setExecutable(true)).isTrue();
      }
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
