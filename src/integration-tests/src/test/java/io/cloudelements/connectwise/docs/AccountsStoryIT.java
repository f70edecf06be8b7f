package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of an account that two teams share, with a platform team and an outsider. */
@RealCluster
class AccountsStoryIT {
  @TempDir private Path home;

  @Test
  void everyCommandPrintsTheOutputOfThePage(ControlPlane controlPlane) throws IOException {
    // Given
    controlPlane.installCrds();
    Files.copy(controlPlane.kubeconfig(), home.resolve("kubeconfig"));
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess _ = OperatorProcess.start(controlPlane, simulator, Map.of())) {
      Platform platform = simulator.simulator().platform();
      platform.outsideWorld().addUser("sim-user", "sim-organization");
      // When
      new Walkthrough(home, Map.of("SERVICE", simulator.baseUrl().toString()))
          .follow(Markdown.of(Path.of("docs/accounts.md")));
      // Then
      assertThat(platform.everCreated()).hasSize(2);
      assertThat(platform.live()).isEmpty();
    } finally {
      controlPlane
          .kubectl()
          .attempt(
              "delete",
              "namespace",
              "billing",
              "support",
              "outsider",
              "connectwise-accounts",
              "--wait=false");
    }
  }
}
