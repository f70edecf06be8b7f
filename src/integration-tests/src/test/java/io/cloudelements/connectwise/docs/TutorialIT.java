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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that are followed command by command, as a reader with a terminal does. */
@RealCluster
class TutorialIT {
  @TempDir private Path home;

  /** The instances that a page creates are deleted by its end. */
  @ParameterizedTest
  @CsvSource({
    "docs/tutorial.md, 1, shop",
    "docs/accounts.md, 2, billing support outsider connectwise-accounts",
  })
  void everyCommandPrintsTheOutputOfThePage(
      Path page, int instances, String namespaces, ControlPlane controlPlane) throws IOException {
    // Given
    controlPlane.installCrds();
    Files.copy(controlPlane.kubeconfig(), home.resolve("kubeconfig"));
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess _ = OperatorProcess.start(controlPlane, simulator, Map.of())) {
      Platform platform = simulator.simulator().platform();
      platform.outsideWorld().addUser("sim-user", "sim-organization");
      // When
      new Walkthrough(home, Map.of("SERVICE", simulator.baseUrl().toString()))
          .follow(Markdown.of(page));
      // Then
      assertThat(platform.everCreated()).hasSize(instances);
      assertThat(platform.live()).isEmpty();
    } finally {
      for (String namespace : namespaces.split(" ")) {
        controlPlane.kubectl().attempt("delete", "namespace", namespace, "--wait=false");
      }
    }
  }
}
