package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Where the demo takes place. Closing it removes what the demo made there. */
interface DemoCluster extends AutoCloseable {

  /**
   * Changes nothing.
   *
   * @throws DemoFailure the demo may not take place here
   */
  void check();

  /** Makes the CRD and the samples' namespace. */
  void prepare();

  /** Of the samples; known once it is prepared. */
  String namespace();

  KubernetesClient client();

  /** Starts the operator and waits until it is ready. */
  OperatorProcess startOperator(SimulatorServer simulator);

  /**
   * A kubectl for this cluster.
   *
   * @param worthBuilding whether one may be built where there is none
   */
  Optional<Kubectl> kubectl(boolean worthBuilding);

  /** How a person's command line begins, for example {@code kubectl --context kind}. */
  String kubectlWords();

  /** What a person does before looking around. */
  String access(Optional<Kubectl> kubectl);

  @Override
  void close();
}
