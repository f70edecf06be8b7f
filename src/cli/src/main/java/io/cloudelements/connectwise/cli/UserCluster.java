package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.PodSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as the person who runs a command may see it: nothing is read with other rights, and
 * nothing is written.
 */
interface UserCluster {
  /** Of the kubeconfig's context. */
  String namespace();

  /**
   * @param namespace empty: all
   */
  ClusterRead<List<CloudElementsAccount>> accounts(Optional<String> namespace);

  /**
   * @param namespace empty: all
   */
  ClusterRead<List<ConnectWiseInstance>> instances(Optional<String> namespace);

  ClusterRead<Optional<ConnectWiseInstance>> instance(ResourceId name);

  ClusterRead<Optional<CloudElementsAccount>> account(ResourceId name);

  ClusterRead<Optional<Secret>> secret(ResourceId name);

  /** The pods of a namespace. */
  ClusterRead<List<PodSecrets>> pods(String namespace);

  /**
   * Waits until a resource changes, or is deleted.
   *
   * @param seen as it was read last
   * @param limit how long at most
   * @return whether it did
   */
  boolean awaitChange(ConnectWiseInstance seen, Duration limit);

  /** Events about a resource, of its namespace. */
  ClusterRead<List<Event>> events(ResourceId name);

  /** The operator that is installed in a namespace. */
  InstalledOperator operator(String namespace);

  /** Version of the API server. */
  ClusterRead<String> serverVersion();

  /** Labels of a namespace. */
  ClusterRead<Optional<Map<String, String>>> labels(String namespace);
}
