package io.cloudelements.connectwise.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A namespace of one test's own, with a name that the server made up. Closing it asks for its
 * deletion and does not wait.
 */
public final class TestNamespace implements AutoCloseable {

  private final KubernetesClient client;
  private final String name;

  private TestNamespace(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  static TestNamespace create(KubernetesClient client) {
    Namespace wanted =
        new NamespaceBuilder().withNewMetadata().withGenerateName("test-").endMetadata().build();
    return new TestNamespace(client, client.resource(wanted).create().getMetadata().getName());
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    client.namespaces().withName(name).delete();
  }

  @Override
  public String toString() {
    return name;
  }
}
