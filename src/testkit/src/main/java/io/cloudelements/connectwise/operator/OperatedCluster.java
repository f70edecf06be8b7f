package io.cloudelements.connectwise.operator;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The operator at work: its processes on an API server with the CRD, against a platform of their
 * own.
 */
public final class OperatedCluster implements AutoCloseable {
  private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final SimulatorServer simulator = SimulatorServer.start();
  private final List<OperatorProcess> operators = new CopyOnWriteArrayList<>();
  private final Set<String> cleared = ConcurrentHashMap.newKeySet();

  private OperatedCluster(ControlPlane controlPlane, KubernetesClient client) {
    this.controlPlane = controlPlane;
    this.client = client;
  }

  /** With the CRD, a platform without accounts, and no operator yet. */
  public static OperatedCluster on(ControlPlane controlPlane, KubernetesClient client) {
    controlPlane.installCrds();
    return new OperatedCluster(controlPlane, client);
  }

  /** Starts an operator, and waits until it is ready. */
  public OperatorProcess start(Map<String, String> extraEnvironment) {
    OperatorProcess started = OperatorProcess.start(controlPlane, simulator, extraEnvironment);
    operators.add(started);
    return started;
  }

  /** The operator that was started first. */
  public OperatorProcess operator() {
    return operators.getFirst();
  }

  /** Opens an account for those who work in a namespace. */
  public Tenant tenant(String namespace) {
    return Tenant.in(namespace, controlPlane, client, simulator());
  }

  /** Deletes what a tenant applied; {@link #close} waits until the operator has let it go. */
  public void clear(Tenant tenant) {
    tenant.leaves();
    cleared.add(tenant.name());
  }

  public Simulator simulator() {
    return simulator.simulator();
  }

  public SimulatorServer server() {
    return simulator;
  }

  public String baseUrl() {
    return simulator.baseUrl().toString();
  }

  /** The next operator knows nothing of this platform, so what was deleted has to go first. */
  @Override
  public void close() {
    try {
      await("the operator lets every deleted resource go")
          .atMost(CLEAN_UP_LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> cleared.stream().allMatch(this::isEmpty));
    } finally {
      operators.forEach(OperatorProcess::close);
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
