package io.cloudelements.connectwise.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A person's kubeconfig files, which are only read. As for kubectl, the first of two entries with
 * one name counts.
 *
 * @param files parsed, with absolute paths
 */
public record Kubeconfigs(List<JsonNode> files) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Keys of clusters and users that may be relative to the file that they are in. */
  private static final List<String> PATHS =
      List.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

  /** Those that {@code KUBECONFIG} names, else the one in the home directory. */
  public static Kubeconfigs of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("KUBECONFIG", "");
    Stream<Path> files =
        named.isBlank()
            ? Stream.of(home.resolve(".kube").resolve("config"))
            : Stream.of(named.split(File.pathSeparator, -1))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    return new Kubeconfigs(files.filter(Files::exists).map(Kubeconfigs::read).toList());
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode config = YAML.readTree(file.toFile());
      entries(config, "clusters").forEach(entry -> resolve(entry.path("cluster"), file));
      entries(config, "users").forEach(entry -> resolve(entry.path("user"), file));
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no kubeconfig: " + e.getMessage(), e);
    }
  }

  private static void resolve(JsonNode values, Path file) {
    if (values instanceof ObjectNode object) {
      PATHS.stream()
          .filter(object::hasNonNull)
          .forEach(key ->
              object.put(
                  key, file.toAbsolutePath().resolveSibling(object.get(key).asText()).toString()));
    }
  }

  /**
   * Writes a kubeconfig in which that context is alone and current, for its owner only.
   *
   * @throws ControlPlaneException there is no such context
   */
  public Path write(String context, Path file) {
    JsonNode found =
        entry("contexts", context)
            .orElseThrow(() ->
                new ControlPlaneException(
                    "There is no context %s. There are: %s."
                        .formatted(context, String.join(", ", contexts()))));
    ObjectNode config = YAML.createObjectNode();
    config.put("apiVersion", "v1").put("kind", "Config").put("current-context", context);
    config.putArray("contexts").add(found);
    add(config.putArray("clusters"), "clusters", found.at("/context/cluster").asText());
    add(config.putArray("users"), "users", found.at("/context/user").asText());
    return PrivateFiles.write(file, config.toPrettyString());
  }

  private void add(ArrayNode to, String kind, String name) {
    entry(kind, name).ifPresent(to::add);
  }

  private List<String> contexts() {
    return files.stream()
        .flatMap(file -> entries(file, "contexts"))
        .map(entry -> entry.path("name").asText())
        .distinct()
        .toList();
  }

  private Optional<JsonNode> entry(String kind, String name) {
    return files.stream()
        .flatMap(file -> entries(file, kind))
        .filter(entry -> entry.path("name").asText().equals(name))
        .findFirst();
  }

  private static Stream<JsonNode> entries(JsonNode config, String kind) {
    return StreamSupport.stream(config.path(kind).spliterator(), false);
  }
}
