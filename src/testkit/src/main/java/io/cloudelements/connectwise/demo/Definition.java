package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.cluster.CrdFile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A CRD in a cluster, as the repository has it.
 *
 * @param file which one
 */
record Definition(KubernetesClient client, CrdFile file) {
  private static final long LIMIT_SECONDS = 30;

  String name() {
    return file.definition();
  }

  /** Its resources in the words of a sentence. */
  String kinds() {
    return kind() + "s";
  }

  /** How a cluster's definition compares to the repository's. */
  enum DefinitionState {
    ABSENT,
    SAME,
    OTHER
  }

  /** Decided by the API server, which knows its defaults: would applying ours change the spec? */
  DefinitionState state() {
    Optional<GenericKubernetesResource> there =
        Optional.ofNullable(
            client
                .genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                .withName(name())
                .get());
    return there
        .map(definition ->
            Objects.equals(definition.get("spec"), wouldBe().get("spec"))
                ? DefinitionState.SAME
                : DefinitionState.OTHER)
        .orElse(DefinitionState.ABSENT);
  }

  private GenericKubernetesResource wouldBe() {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("connectwise-demo")
            .withForce(true)
            .withDryRun(List.of("All"))
            .build();
    return client.resource(content()).patch(context, content());
  }

  /** Fails where there is one. */
  void create(Map<String, String> labels) {
    GenericKubernetesResource definition = content();
    definition.getMetadata().setLabels(labels);
    client.resource(definition).create();
  }

  void awaitEstablished() {
    served().waitUntilCondition(Definition::isEstablished, LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** A definition that was just made has no status, then one without conditions. */
  static boolean isEstablished(CustomResourceDefinition definition) {
    return Optional.ofNullable(definition)
        .map(CustomResourceDefinition::getStatus)
        .map(CustomResourceDefinitionStatus::getConditions)
        .stream()
        .flatMap(List::stream)
        .anyMatch(condition ->
            condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }

  /** Namespaces with resources of this definition. */
  List<String> namespacesInUse() {
    return client
        .genericKubernetesResources("cloudelements.io/v1", kind())
        .inAnyNamespace()
        .list()
        .getItems()
        .stream()
        .map(resource -> resource.getMetadata().getNamespace())
        .distinct()
        .toList();
  }

  void delete() {
    served().delete();
    served().waitUntilCondition(Objects::isNull, LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private String kind() {
    return content().get("spec", "names", "kind");
  }

  private Resource<CustomResourceDefinition> served() {
    return client.apiextensions().v1().customResourceDefinitions().withName(name());
  }

  private GenericKubernetesResource content() {
    try {
      return Serialization.unmarshal(
          Files.readString(file.path()), GenericKubernetesResource.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
