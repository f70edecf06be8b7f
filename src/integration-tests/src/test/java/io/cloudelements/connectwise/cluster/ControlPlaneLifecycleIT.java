package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane starts where it can, comes back after a crash, and leaves nothing running. */
class ControlPlaneLifecycleIT {

  private final ControlPlaneBinaries binaries = ControlPlaneBinaries.locate(System.out);
  private final LoopbackPorts ports = new LoopbackPorts(new SecureRandom());

  @TempDir private Path directory;

  /** Tests of crash recovery need a server that really goes away and comes back as it was. */
  @Test
  void keepsDataWhenTheApiServerIsKilled() {
    try (ControlPlane controlPlane = ControlPlane.start(options())) {
      // Given
      controlPlane.kubectl("create", "configmap", "kept");
      controlPlane.killApiServer();
      assertThat(controlPlane.kubectl().attempt("get", "configmap", "kept").errors())
          .contains("refused");
      // When
      controlPlane.startApiServer();
      // Then
      assertThat(controlPlane.kubectl("get", "configmap", "kept", "-o", "name"))
          .isEqualTo("configmap/kept\n");
    }
  }

  /** An upgrade of the control plane is a restart in good order; clients keep their kubeconfig. */
  @Test
  void kubeconfigWorksAfterARestart() {
    try (ControlPlane controlPlane = ControlPlane.start(options())) {
      // When
      controlPlane.restartApiServer();
      // Then
      assertThat(controlPlane.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");
    }
  }

  /** Two runs on one machine may choose the same port; the later one has to step aside. */
  @Test
  void triesOtherPortsWhenOneIsTaken() throws IOException {
    // Given
    List<Integer> first = new ArrayList<>(ports.pick(3));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      first.set(2, taken.getLocalPort());
      Iterator<List<Integer>> choices = List.of(first, ports.pick(3)).iterator();
      // When
      try (ControlPlane controlPlane = ControlPlane.start(options(), choices::next)) {
        // Then
        assertThat(choices.hasNext()).isFalse();
        assertThat(controlPlane.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");
      }
    }
  }

  /** A wrong flag should be understood from the message alone, and nothing may keep running. */
  @Test
  void aFailedStartShowsItsCause() {
    // Given
    ControlPlaneOptions wrong = options().withApiServerArguments("--no-such-flag");
    // When // Then
    assertThatThrownBy(() -> ControlPlane.start(wrong))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContainingAll("kube-apiserver ended with 1", "unknown flag: --no-such-flag");
  }

  /** Closing in good order must be complete when it returns: the next run may want the ports. */
  @Test
  void closeEndsAllProcesses() {
    // Given
    ControlPlane controlPlane = ControlPlane.start(options());
    List<Long> started = controlPlane.processIds();
    assertThat(started).hasSize(binaries.hasControllerManager() ? 3 : 2);
    // When
    controlPlane.close();
    // Then
    assertThat(LiveProcesses.among(started)).isEmpty();
  }

  /** A demo or a test run that is killed outright runs no code of ours any more. */
  @Test
  void aKilledJvmLeavesNoProcess() throws IOException {
    // Given
    Process jvm = DoomedJvm.start("control-plane", directory);
    List<Long> started = DoomedJvm.processesOf(jvm);
    assertThat(LiveProcesses.among(started)).hasSize(binaries.hasControllerManager() ? 3 : 2);
    // When
    jvm.destroyForcibly();
    // Then
    await().untilAsserted(() -> assertThat(LiveProcesses.among(started)).isEmpty());
  }

  private ControlPlaneOptions options() {
    return ControlPlaneOptions.in(directory, binaries);
  }
}
