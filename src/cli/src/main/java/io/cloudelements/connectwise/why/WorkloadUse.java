package io.cloudelements.connectwise.why;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A workload whose pods refer to the generated Secret.
 *
 * @param workload kind and name, such as {@code Deployment help-desk}
 * @param pods how many of them do
 * @param waiting what a pod that cannot start because of its configuration says
 */
public record WorkloadUse(String workload, int pods, Optional<String> waiting) {
  /** The kubelet's word for a Secret or key that a container refers to and that is not there. */
  private static final String CONFIGURATION_ERROR = "CreateContainerConfigError";

  private static final String HASH = "pod-template-hash";

  /**
   * The workloads of these pods that refer to the Secret, by name.
   *
   * @param pods of the Secret's namespace
   */
  public static List<WorkloadUse> of(List<Pod> pods, String secret) {
    Map<String, List<Pod>> users =
        pods.stream()
            .filter(pod -> refersTo(pod, secret))
            .collect(
                Collectors.groupingBy(WorkloadUse::workload, TreeMap::new, Collectors.toList()));
    return users.entrySet().stream()
        .map(entry ->
            new WorkloadUse(
                entry.getKey(),
                entry.getValue().size(),
                entry.getValue().stream().flatMap(WorkloadUse::waiting).findFirst()))
        .toList();
  }

  private static boolean refersTo(Pod pod, String secret) {
    return Stream.concat(
            pod.getSpec().getVolumes().stream().flatMap(WorkloadUse::secrets),
            containers(pod).flatMap(WorkloadUse::secrets))
        .anyMatch(secret::equals);
  }

  private static Stream<Container> containers(Pod pod) {
    return Stream.concat(
        pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream());
  }

  private static Stream<String> secrets(Volume volume) {
    return Stream.concat(
        Optional.ofNullable(volume.getSecret()).map(source -> source.getSecretName()).stream(),
        Optional.ofNullable(volume.getProjected()).map(ProjectedVolumeSource::getSources).stream()
            .flatMap(List::stream)
            .flatMap(source -> Optional.ofNullable(source.getSecret()).stream())
            .map(projection -> projection.getName()));
  }

  private static Stream<String> secrets(Container container) {
    return Stream.concat(
        container.getEnvFrom().stream()
            .map(EnvFromSource::getSecretRef)
            .flatMap(reference -> Optional.ofNullable(reference).stream())
            .map(reference -> reference.getName()),
        container.getEnv().stream()
            .map(EnvVar::getValueFrom)
            .flatMap(source -> Optional.ofNullable(source).stream())
            .flatMap(source -> Optional.ofNullable(source.getSecretKeyRef()).stream())
            .map(key -> key.getName()));
  }

  /** The Deployment behind a ReplicaSet, whose name is the Deployment's with a hash. */
  private static String workload(Pod pod) {
    Optional<OwnerReference> controller =
        pod.getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .findFirst();
    String hash =
        Optional.ofNullable(pod.getMetadata().getLabels()).map(all -> all.get(HASH)).orElse("");
    return controller
        .map(owner ->
            !hash.isEmpty() && owner.getName().endsWith("-" + hash)
                ? "Deployment "
                    + owner.getName().substring(0, owner.getName().length() - hash.length() - 1)
                : owner.getKind() + " " + owner.getName())
        .orElseGet(() -> "Pod " + pod.getMetadata().getName());
  }

  private static Stream<String> waiting(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status ->
            Stream.concat(
                status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream()))
        .map(ContainerStatus::getState)
        .flatMap(state -> Optional.ofNullable(state).stream())
        .flatMap(state -> Optional.ofNullable(state.getWaiting()).stream())
        .filter(waiting -> CONFIGURATION_ERROR.equals(waiting.getReason()))
        .map(ContainerStateWaiting::getMessage)
        .flatMap(message -> Optional.ofNullable(message).stream());
  }
}
