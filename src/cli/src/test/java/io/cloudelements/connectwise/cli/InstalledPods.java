package io.cloudelements.connectwise.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * An operator of several pods.
 *
 * @param answers by the pod's name, the URL of its port, or its log; empty: it gives neither
 */
record InstalledPods(SequencedMap<String, Optional<String>> answers) implements InstalledOperator {
  @Override
  public String namespace() {
    return "connectwise-operator";
  }

  @Override
  public ClusterRead<List<Deployment>> deployments() {
    return new ClusterRead.Denied<>();
  }

  @Override
  public ClusterRead<List<Pod>> pods() {
    return new ClusterRead.Seen<>(
        answers.keySet().stream()
            .map(name ->
                new PodBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .withNewSpec()
                    .endSpec()
                    .build())
            .toList());
  }

  @Override
  public ClusterRead<String> log(Pod pod, int lines) {
    return new ClusterRead.Seen<>(answer(pod));
  }

  @Override
  public <T> T forwarded(Pod pod, int port, Function<URI, T> work) {
    return work.apply(URI.create(answer(pod)));
  }

  private String answer(Pod pod) {
    String name = pod.getMetadata().getName();
    return answers
        .get(name)
        .orElseThrow(() -> CommandFailure.failed("The container of " + name + " is being made."));
  }
}
