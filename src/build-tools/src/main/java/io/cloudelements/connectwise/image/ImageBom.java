package io.cloudelements.connectwise.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Turns the project's CycloneDX bill of materials into the image's: without the libraries that the
 * image leaves out, and with its Java runtime and glibc.
 *
 * <pre>ImageBom BOM ROOT GLIBC_VERSION OUTPUT</pre>
 *
 * Writes OUTPUT{@code .sbom.json} and OUTPUT{@code .licences.txt}: a line for each component.
 */
public final class ImageBom {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ImageBom() {}

  public static void main(String[] arguments) throws IOException {
    ObjectNode bom = (ObjectNode) JSON.readTree(Path.of(arguments[0]).toFile());
    Path root = Path.of(arguments[1]);
    ArrayNode components = (ArrayNode) bom.get("components");
    keepOnly(jars(root), components);
    components.add(runtime());
    components.add(glibc(arguments[2]));
    Set<String> known = references(components);
    known.add(bom.at("/metadata/component/bom-ref").asText());
    keepOnly(known, (ArrayNode) bom.get("dependencies"));
    Files.writeString(
        Path.of(arguments[3] + ".sbom.json"),
        bom.toPrettyString().replace(System.lineSeparator(), "\n") + "\n");
    Files.write(
        Path.of(arguments[3] + ".licences.txt"),
        children(components).map(ImageBom::line).sorted().toList());
  }

  private static Set<String> jars(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("opt/connectwise-operator/lib"))) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  /** Of components by the name of their jar, of dependencies by reference, on both sides. */
  private static void keepOnly(Set<String> known, ArrayNode nodes) {
    for (Iterator<JsonNode> each = nodes.iterator(); each.hasNext(); ) {
      JsonNode node = each.next();
      String key =
          node.has("ref")
              ? node.get("ref").asText()
              : "%s-%s.jar".formatted(node.get("name").asText(), node.get("version").asText());
      if (!known.contains(key)) {
        each.remove();
      } else if (node.get("dependsOn") instanceof ArrayNode dependencies) {
        dependencies.removeIf(reference -> !known.contains(reference.asText()));
      }
    }
  }

  private static Set<String> references(ArrayNode components) {
    return children(components)
        .map(component -> component.get("bom-ref").asText())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The one that runs this: jlink takes the image's from it. */
  private static ObjectNode runtime() {
    Runtime.Version version = Runtime.version();
    String number =
        version.version().stream().map(String::valueOf).collect(Collectors.joining("."));
    return component(
        "openjdk",
        version.toString(),
        System.getProperty("java.vendor"),
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "cpe:2.3:a:oracle:openjdk:%s:*:*:*:*:*:*:*".formatted(number));
  }

  private static ObjectNode glibc(String version) {
    String upstream = version.replaceFirst("-.*", "");
    return component(
        "glibc",
        version,
        "GNU",
        "LGPL-2.1-or-later",
        "cpe:2.3:a:gnu:glibc:%s:*:*:*:*:*:*:*".formatted(upstream));
  }

  private static ObjectNode component(
      String name, String version, String publisher, String licence, String cpe) {
    ObjectNode component = JSON.createObjectNode();
    component.put("type", "library").put("bom-ref", "pkg:generic/%s@%s".formatted(name, version));
    component.put("publisher", publisher).put("name", name).put("version", version);
    component.putArray("licenses").addObject().put("expression", licence);
    component.put("cpe", cpe).put("purl", "pkg:generic/%s@%s".formatted(name, version));
    return component;
  }

  private static String line(JsonNode component) {
    List<String> licences = new ArrayList<>();
    children(component.path("licenses")).forEach(each -> licences.add(licence(each)));
    if (licences.isEmpty()) {
      throw new IllegalStateException("No licence is known of " + component.get("name"));
    }
    return "%s %s: %s"
        .formatted(
            component.get("name").asText(),
            component.get("version").asText(),
            String.join(" or ", licences));
  }

  private static String licence(JsonNode choice) {
    return Stream.of(
            choice.path("expression"), choice.at("/license/id"), choice.at("/license/name"))
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> children(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
