package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.instance.ResourceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One object of a file, as it is written there.
 *
 * @param source the file, for messages
 */
record Manifest(String source, JsonNode content) {
  /** Stands for standard input in place of a file. */
  static final String STANDARD_INPUT = "-";

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();
  private static final JsonMapper OBJECTS =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * All objects of a file, of every YAML or JSON file of a folder, or of standard input.
   *
   * @throws CommandFailure a file cannot be read or is no YAML; nothing of it is quoted, since it
   *     may hold secrets
   */
  static List<Manifest> read(String file, InputStream standardInput) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        return parse("standard input", standardInput);
      }
      List<Manifest> found = new ArrayList<>();
      for (Path path : files(Path.of(file))) {
        try (InputStream content = Files.newInputStream(path)) {
          found.addAll(parse(path.toString(), content));
        }
      }
      return found;
    } catch (IOException e) {
      throw CommandFailure.usage(file + " cannot be read");
    }
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return children
          .filter(child -> child.toString().matches(".*\\.(ya?ml|json)"))
          .sorted()
          .toList();
    }
  }

  private static List<Manifest> parse(String source, InputStream content) throws IOException {
    List<Manifest> found = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(content)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (document.path("kind").asText().equals("List")) {
          document.path("items").forEach(item -> found.add(new Manifest(source, item)));
        } else if (document.isObject()) {
          found.add(new Manifest(source, document));
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      throw CommandFailure.usage(
          "%s, line %d: this is not YAML, or a key is there twice"
              .formatted(source, e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
    }
  }

  boolean isSecret() {
    return isOfTheCore("Secret");
  }

  boolean isNamespace() {
    return isOfTheCore("Namespace");
  }

  private boolean isOfTheCore(String kind) {
    return kind().equals(kind) && content.path("apiVersion").asText().equals("v1");
  }

  String kind() {
    return content.path("kind").asText();
  }

  String name() {
    return content.at("/metadata/name").asText();
  }

  /**
   * @param otherwise the namespace, where the manifest names none
   */
  ResourceId id(String otherwise) {
    return new ResourceId(namespace(otherwise), name());
  }

  String namespace(String otherwise) {
    return content.at("/metadata/namespace").asText(otherwise);
  }

  /**
   * @throws CommandFailure what is there has another shape
   */
  <T> T as(Class<T> type) {
    try {
      return OBJECTS.treeToValue(content, type);
    } catch (JsonProcessingException e) {
      throw CommandFailure.usage(
          "%s: %s %s is not written as one".formatted(source, type.getSimpleName(), name()));
    }
  }
}
