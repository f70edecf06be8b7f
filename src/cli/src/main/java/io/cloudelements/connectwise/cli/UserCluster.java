package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.Secret;
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

  ClusterRead<Optional<CloudElementsAccount>> account(ResourceId name);

  ClusterRead<Optional<Secret>> secret(ResourceId name);

  /** Labels of a namespace. */
  ClusterRead<Optional<Map<String, String>>> labels(String namespace);
}
