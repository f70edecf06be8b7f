package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The inputs of one pass by their versions. Equal ones mean that the cluster has no news.
 *
 * @param version of the resource
 * @param annotations of the resource; a person asks for something by them
 * @param secretVersions of the Secrets that are there, by name
 */
record ObservedInputs(
    String version,
    long generation,
    Map<String, String> annotations,
    Map<String, String> secretVersions) {

  /** Before the first pass. */
  static final ObservedInputs NONE = new ObservedInputs("", 0, Map.of(), Map.of());

  ObservedInputs {
    annotations = Map.copyOf(annotations);
    secretVersions = Map.copyOf(secretVersions);
  }

  /** What a pass read. */
  static ObservedInputs of(ReconcileInput input) {
    return of(input.resource(), name -> secretVersion(input, name));
  }

  /**
   * @param secretVersion by name, of the Secrets that the resource refers to
   */
  static ObservedInputs of(
      ConnectWiseInstance resource, Function<String, Optional<String>> secretVersion) {
    ObjectMeta metadata = resource.getMetadata();
    Map<String, String> annotations = metadata.getAnnotations();
    Map<String, String> secretVersions = new HashMap<>();
    for (String name : ReconcileInput.secretNames(resource)) {
      secretVersion.apply(name).ifPresent(known -> secretVersions.put(name, known));
    }
    return new ObservedInputs(
        metadata.getResourceVersion(),
        metadata.getGeneration(),
        annotations == null ? Map.of() : annotations,
        secretVersions);
  }

  static Optional<String> secretVersion(ReconcileInput input, String secret) {
    return Optional.ofNullable(input.secrets().get(secret))
        .map(found -> found.getMetadata().getResourceVersion());
  }

  ObservedInputs withVersion(String other) {
    return new ObservedInputs(other, generation, annotations, secretVersions);
  }

  /** Whether only the operator itself may have written anything but these Secrets. */
  boolean hasSameInput(ObservedInputs other) {
    return generation == other.generation
        && annotations.equals(other.annotations)
        && secretVersions.equals(other.secretVersions);
  }
}
