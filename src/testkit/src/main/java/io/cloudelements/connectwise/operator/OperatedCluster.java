package io.cloudelements.connectwise.operator;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The operator at work: on the run's API server, against a platform of its own. */
final class OperatedCluster implements AutoCloseable {
  private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final AuditLog audit;
  private final SimulatorServer simulator;
  private final OperatorProcess operator;
  private final Set<String> namespaces = ConcurrentHashMap.newKeySet();

  OperatedCluster(ControlPlane controlPlane, KubernetesClient client) {
    controlPlane.installCrd(CrdFile.PATH);
    this.client = client;
    this.audit = new AuditLog(controlPlane);
    this.simulator = SimulatorServer.start(new Simulator(InstantSource.system()));
    this.operator =
        OperatorProcess.start(controlPlane, simulator, Map.of("RESYNC_INTERVAL", "24h"));
  }

  Simulator simulator() {
    return simulator.simulator();
  }

  String baseUrl() {
    return simulator.baseUrl().toString();
  }

  AuditLog audit() {
    return audit;
  }

  OperatorProcess operator() {
    return operator;
  }

  void admit(String namespace) {
    namespaces.add(namespace);
  }

  /** The next class's operator knows nothing of this platform: so no resource may stay behind. */
  @Override
  public void close() {
    try {
      await("the operator lets every deleted resource go")
          .atMost(CLEAN_UP_LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> namespaces.stream().allMatch(this::isEmpty));
    } finally {
      operator.close();
      simulator.close();
    }
  }

  private boolean isEmpty(String namespace) {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .isEmpty();
  }
}
