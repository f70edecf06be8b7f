package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A committed file for Argo CD or Flux. */
record GitOpsFile(Path path) {
  static final GitOpsFile ARGO_CD_PARENT = of("argocd/parent.yaml");
  static final GitOpsFile ARGO_CD_OPERATOR = new GitOpsFile(GitOpsGenerator.ARGO_CD_OPERATOR);
  static final GitOpsFile ARGO_CD_INTEGRATIONS = of("argocd/applications/integrations.yaml");
  static final GitOpsFile ARGO_CD_CONFIG_MAP = new GitOpsFile(GitOpsGenerator.CONFIG_MAP);
  static final GitOpsFile FLUX_OPERATOR = new GitOpsFile(GitOpsGenerator.FLUX_OPERATOR);
  static final GitOpsFile FLUX_KUSTOMIZATIONS = of("flux/kustomizations.yaml");

  private static final YAMLMapper YAML = new YAMLMapper();

  private static GitOpsFile of(String path) {
    return new GitOpsFile(GitOpsGenerator.FOLDER.resolve(path));
  }

  List<JsonNode> documents() {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(path.toFile())) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode only() {
    List<JsonNode> documents = documents();
    if (documents.size() != 1) {
      throw new AssertionError("%s has %d documents".formatted(path, documents.size()));
    }
    return documents.getFirst();
  }

  JsonNode named(String name) {
    return matching("/metadata/name", name);
  }

  JsonNode ofKind(String kind) {
    return matching("/kind", kind);
  }

  private JsonNode matching(String pointer, String value) {
    return documents().stream()
        .filter(document -> document.at(pointer).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("%s has no %s %s".formatted(path, pointer, value)));
  }
}
