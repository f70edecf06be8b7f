package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What go is asked to do, and what is left when it fails. A shell script stands in for go: it
 * writes its calls and the module file down, and "builds" empty programs.
 */
class GoBuildTest {

  private static final String GO =
      """
      #!/bin/sh
      echo "$@" >> %1$s/calls
      case "$1 $2" in
        "mod download")
          echo "go: downloading k8s.io/kubernetes v1.37.2"
          printf '{"Path": "k8s.io/kubernetes", "GoMod": "%%s"}\\n' %1$s/kubernetes.mod ;;
        "mod tidy") cp go.mod tools.go %1$s ;;
        "build -n") echo k8s.io/small ;;
        "list -deps") printf 'k8s.io/small\\t0\\t%1$s/kubernetes.mod\\n' ;;
        *)
          for last; do :; done
          case "$last" in %2$s) echo "no space left on device"; exit 2 ;; esac
          echo k8s.io/small
          while [ "$1" != -o ]; do shift; done
          echo built > "$2"; chmod +x "$2" ;;
      esac
      """;

  @TempDir private Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private List<String> names = ControlPlaneBinaries.ALL;
  private Path target;

  @BeforeEach
  void kubernetesHasItsOwnLibraries() throws IOException {
    target = directory.resolve("cache").resolve("v1.37.2");
    Files.writeString(
        directory.resolve("kubernetes.mod"),
        """
        module k8s.io/kubernetes
        replace (
        	k8s.io/api => ./staging/src/k8s.io/api
        	k8s.io/client-go => ./staging/src/k8s.io/client-go
        )
        """);
  }

  /** Kubernetes refers to its libraries by directory; published modules must stand in for them. */
  @Test
  void replacesStagingModulesByPublishedOnes() throws IOException {
    // When
    build("nothing");
    // Then
    assertThat(Files.readString(directory.resolve("go.mod")))
        .isEqualTo(
            """
            module tools
            go 1.26.0
            godebug default=go1.26
            require k8s.io/kubernetes v1.37.2
            replace k8s.io/api => k8s.io/api v0.37.2
            replace k8s.io/client-go => k8s.io/client-go v0.37.2
            """);
    assertThat(calls())
        .filteredOn(call -> call.startsWith("build -v"))
        .hasSize(4)
        .allSatisfy(call ->
            assertThat(call).contains("gitVersion=v1.37.2", "gitMajor=1", "gitMinor=37 -o"));
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("[1 of 4] etcd", "[4 of 4] kubectl");
  }

  /** The sources of two programs are fewer than those of four. */
  @Test
  void buildsOnlyWhatIsAskedFor() throws IOException {
    // Given
    names = List.of("etcd", "kube-apiserver");
    // When
    build("nothing");
    // Then
    assertThat(Files.readString(directory.resolve("tools.go")))
        .isEqualTo(
            """
            package tools
            import _ "go.etcd.io/etcd/server/v3"
            import _ "k8s.io/kubernetes/cmd/kube-apiserver"
            """);
    assertThat(ControlPlaneBinaries.missing(target, ControlPlaneBinaries.ALL))
        .containsExactly("kube-controller-manager", "kubectl");
  }

  /** The second program finds in go's cache what the first one has compiled. */
  @Test
  void progressIsOfAllStepsTogether() throws IOException {
    // Given
    names = List.of("etcd", "kube-apiserver");
    // When
    build("nothing");
    // Then
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.matches("  \\[1 of 2] etcd +0:00 elapsed"))
        .anyMatch(line ->
            line.matches("  \\[2 of 2] kube-apiserver +0:00 elapsed, 100 % done, about 0:00 left"));
  }

  /** A build that broke off after five of six minutes must not start from nothing. */
  @Test
  void resumesAnInterruptedBuild() throws IOException {
    // Given
    assertThatThrownBy(() -> build("*kube-controller-manager"))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContainingAll("build -v -trimpath", "failed with 2", "no space left on device");
    Files.delete(directory.resolve("calls"));
    // When
    build("nothing");
    // Then
    assertThat(calls())
        .filteredOn(call -> call.startsWith("build -v"))
        .extracting(call -> call.substring(call.lastIndexOf('/') + 1))
        .containsExactly("kube-controller-manager", "kubectl");
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrderElementsOf(ControlPlaneBinaries.ALL);
    }
  }

  /** The demo and a test run started together must not compile the same thing twice. */
  @Test
  void concurrentBuildsRunOnce() throws Exception {
    // Given
    Path go = go("nothing");
    // When
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> build : threads.invokeAll(List.of(() -> run(go), () -> run(go)))) {
        build.get();
      }
    }
    // Then
    assertThat(calls()).filteredOn(call -> call.startsWith("build -v")).hasSize(4);
  }

  private void build(String failing) throws IOException {
    run(go(failing));
  }

  private Path run(Path go) {
    new GoBuild(go, target, names, new PrintStream(said, true, StandardCharsets.UTF_8)).run();
    return target;
  }

  private Path go(String failing) throws IOException {
    Path go = Files.writeString(directory.resolve("go"), GO.formatted(directory, failing));
    assertThat(go.toFile().setExecutable(true)).isTrue();
    return go;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(directory.resolve("calls"));
  }
}
