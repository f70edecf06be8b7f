package io.cloudelements.connectwise.image;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the image's AOT cache: the operator's usual start up to being ready, and its end, on a
 * real API server. The command that is run records what it needs.
 *
 * <pre>Rehearsal ROOT VOLUME COMMAND…</pre>
 *
 * VOLUME becomes {@code /tmp} of the unpacked image ROOT.
 */
public final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    Path volume = Path.of(words.get(1)).toAbsolutePath();
    ImageProcess image =
        new ImageProcess(
            Path.of(words.get(0)).toAbsolutePath(),
            Optional.empty(),
            List.of(),
            words.subList(2, words.size()),
            Map.of("/tmp", volume));
    Path directory = volume.resolveSibling("control-plane");
    ControlPlaneBinaries binaries = ControlPlaneBinaries.locate(System.out);
    try (ControlPlane controlPlane =
            ControlPlane.start(ControlPlaneOptions.in(directory, binaries));
        SimulatorServer simulator = SimulatorServer.start()) {
      controlPlane.installCrd(CrdFile.PATH);
      try (OperatorProcess operator =
          image.launch(
              controlPlane, simulator, Map.of("LEADER_ELECTION", "true", "LOG_FORMAT", "json"))) {
        operator.awaitReady();
        int exit = operator.terminate();
        if (exit != 0) {
          throw new IllegalStateException(operator + " ended with " + exit);
        }
      }
    }
  }
}
