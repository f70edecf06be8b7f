package io.cloudelements.connectwise.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** The operator of a namespace, by the kubeconfig of the person who runs a command. */
record KubernetesInstalledOperator(KubernetesClient client, String namespace)
    implements InstalledOperator {
  @Override
  public ClusterRead<List<Deployment>> deployments() {
    return list(Deployment.class);
  }

  @Override
  public ClusterRead<List<Pod>> pods() {
    return list(Pod.class);
  }

  private <T extends HasMetadata> ClusterRead<List<T>> list(Class<T> type) {
    return KubernetesUserCluster.read(
        client,
        () ->
            client
                .resources(type)
                .inNamespace(namespace)
                .withLabel(SELECTOR_LABEL, SELECTOR_VALUE)
                .list()
                .getItems());
  }

  @Override
  public ClusterRead<String> log(Pod pod, int lines) {
    return KubernetesUserCluster.read(
        client, () -> resource(pod).inContainer(CONTAINER).tailingLines(lines).getLog());
  }

  @Override
  public <T> T forwarded(Pod pod, int port, Function<URI, T> work) {
    try (LocalPortForward forward =
        resource(pod).portForward(port, InetAddress.getLoopbackAddress(), 0)) {
      T result = work.apply(URI.create("http://localhost:" + forward.getLocalPort()));
      if (forward.errorOccurred()) {
        throw refused(pod, forward.getServerThrowables().toString());
      }
      return result;
    } catch (KubernetesClientException e) {
      throw refused(
          pod,
          e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
              ? "you may not create pods/portforward"
              : String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw refused(pod, String.valueOf(e.getMessage()));
    }
  }

  private PodResource resource(Pod pod) {
    return client.pods().inNamespace(namespace).withName(pod.getMetadata().getName());
  }

  private CommandFailure refused(Pod pod, String why) {
    return CommandFailure.failed(
        "The port of pod %s/%s cannot be forwarded: %s"
            .formatted(namespace, pod.getMetadata().getName(), why));
  }
}
