package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.cluster.CrdFile;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's CRDs in a cluster that was there before: which it has, and which are made. */
final class ClusterDefinitions {
  private final List<Definition> all;
  private final Map<CrdFile, Definition.DefinitionState> found = new EnumMap<>(CrdFile.class);
  private final List<Definition> made = new ArrayList<>();

  ClusterDefinitions(KubernetesClient client) {
    this.all = Arrays.stream(CrdFile.values()).map(file -> new Definition(client, file)).toList();
  }

  /**
   * Looks which ones are there.
   *
   * @param context how a message names the cluster
   * @throws DemoFailure one is of another version, or has resources, on which an operator may work
   */
  void check(String context) {
    all.forEach(definition -> found.put(definition.file(), definition.state()));
    those(Definition.DefinitionState.OTHER)
        .findFirst()
        .ifPresent(definition -> {
          throw new DemoFailure(
              "Nothing was changed: context %s has the CRD %s in another version than the demo's."
                  .formatted(context, definition.name()));
        });
    those(Definition.DefinitionState.SAME)
        .forEach(definition -> refuseResources(context, definition));
  }

  private static void refuseResources(String context, Definition definition) {
    List<String> namespaces = definition.namespacesInUse();
    if (!namespaces.isEmpty()) {
      throw new DemoFailure(
          "Nothing was changed: context %s has %s already (in %s), so an operator may be at work. Take another cluster."
              .formatted(context, definition.kinds(), String.join(", ", namespaces)));
    }
  }

  /** What {@link #make} would make, as the beginning of a list. */
  String offer() {
    return sentence("the CRD %s; ", Definition.DefinitionState.ABSENT);
  }

  /** What was there at the check, as the end of a sentence. */
  String untouched() {
    return sentence("; the CRD %s is there and stays", Definition.DefinitionState.SAME);
  }

  private String sentence(String form, Definition.DefinitionState state) {
    return those(state)
        .map(definition -> form.formatted(definition.name()))
        .collect(Collectors.joining());
  }

  /** Makes those that were absent at the check, and waits until all are served. */
  void make(Map<String, String> labels) {
    those(Definition.DefinitionState.ABSENT)
        .forEach(definition -> {
          definition.create(labels);
          made.add(definition);
        });
    all.forEach(Definition::awaitEstablished);
  }

  /** Those that {@link #make} made, also where it failed at a later one. */
  List<Definition> made() {
    return List.copyOf(made);
  }

  private Stream<Definition> those(Definition.DefinitionState state) {
    return all.stream().filter(definition -> found.get(definition.file()) == state);
  }
}
