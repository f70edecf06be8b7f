package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.why.PodSecrets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the few fields of a pod that the chain is judged by. The type of a pod has 200 parts, and
 * to prepare for them all would take a command longer than the rest of its work.
 */
final class PodReader {
  /** The kubelet's word for a Secret or key that a container refers to and that is not there. */
  private static final String CONFIGURATION_ERROR = "CreateContainerConfigError";

  private static final String HASH = "pod-template-hash";

  private PodReader() {}

  /**
   * @param pod as the API server writes it
   */
  static PodSecrets read(JsonNode pod) {
    return new PodSecrets(workload(pod), secrets(pod.path("spec")), waiting(pod).findFirst());
  }

  private static Set<String> secrets(JsonNode spec) {
    return Stream.concat(
            each(spec, "volumes").flatMap(PodReader::secretsOfVolume),
            Stream.of("containers", "initContainers")
                .flatMap(containers -> each(spec, containers))
                .flatMap(PodReader::secretsOfContainer))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<JsonNode> secretsOfVolume(JsonNode volume) {
    return Stream.concat(
        Stream.of(volume.at("/secret/secretName")),
        each(volume.path("projected"), "sources").map(source -> source.at("/secret/name")));
  }

  private static Stream<JsonNode> secretsOfContainer(JsonNode container) {
    return Stream.concat(
        each(container, "envFrom").map(source -> source.at("/secretRef/name")),
        each(container, "env").map(entry -> entry.at("/valueFrom/secretKeyRef/name")));
  }

  private static Stream<JsonNode> each(JsonNode parent, String list) {
    return StreamSupport.stream(parent.path(list).spliterator(), false);
  }

  /** The Deployment behind a ReplicaSet, whose name is the Deployment's with a hash. */
  private static String workload(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    String hash = metadata.path("labels").path(HASH).asText();
    return each(metadata, "ownerReferences")
        .filter(owner -> owner.path("controller").asBoolean())
        .findFirst()
        .map(owner -> workload(owner, hash))
        .orElseGet(() -> "Pod " + metadata.path("name").asText());
  }

  private static String workload(JsonNode controller, String hash) {
    String name = controller.path("name").asText();
    return !hash.isEmpty() && name.endsWith("-" + hash)
        ? "Deployment " + name.substring(0, name.length() - hash.length() - 1)
        : controller.path("kind").asText() + " " + name;
  }

  private static Stream<String> waiting(JsonNode pod) {
    return Stream.of("containerStatuses", "initContainerStatuses")
        .flatMap(statuses -> each(pod.path("status"), statuses))
        .map(status -> status.at("/state/waiting"))
        .filter(waiting -> waiting.path("reason").asText().equals(CONFIGURATION_ERROR))
        .map(waiting -> waiting.path("message").asText())
        .filter(message -> !message.isEmpty());
  }
}
