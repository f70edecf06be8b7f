package io.cloudelements.connectwise.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** The operator of a namespace as the person who runs a command may see it. */
interface InstalledOperator {
  /** By which its objects are found; the chart's and the plain files' label. */
  String SELECTOR_LABEL = "app.kubernetes.io/name";

  String SELECTOR_VALUE = "connectwise-operator";

  /** Its container, in the same files; a cluster may put others beside it. */
  String CONTAINER = "operator";

  String namespace();

  ClusterRead<List<Deployment>> deployments();

  ClusterRead<List<Pod>> pods();

  /**
   * The end of the log of a pod's container {@link #CONTAINER}.
   *
   * @throws CommandFailure the kubelet does not give it
   */
  ClusterRead<String> log(Pod pod, int lines);

  /**
   * Forwards a pod's port for the time of the work.
   *
   * @param work with the address by which this machine reaches the port
   * @throws CommandFailure the port cannot be forwarded
   */
  <T> T forwarded(Pod pod, int port, Function<URI, T> work);
}
