package io.cloudelements.connectwise.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Turns a product's CycloneDX bill of materials into its image's: adds the checksum of the product,
 * its Java runtime with the checksum of each file, and the packages of the base image.
 *
 * <pre>ImageBom HOME JAVA BASE</pre>
 *
 * HOME is the product's directory: its {@code app/sbom.json} becomes {@code app/}<i>its
 * name</i>{@code .cdx.json}, by which scanners find it, and {@code app/licences.txt}, a line for
 * each component. BASE is the root of the base image, whose packages are in {@code
 * var/lib/dpkg/status.d} as distroless images have them; where there are none, none are listed.
 */
public final class ImageBom {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path PACKAGES = Path.of("var/lib/dpkg/status.d");

  private ImageBom() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]);
    Path app = home.resolve("app");
    Path source = app.resolve("sbom.json");
    ObjectNode bom = (ObjectNode) JSON.readTree(source.toFile());
    ObjectNode product = (ObjectNode) bom.at("/metadata/component");
    product.put("type", "application");
    addChecksum(product, app.resolve(jar(product)));
    ArrayNode components = (ArrayNode) bom.get("components");
    components.add(runtime(Path.of(arguments[1])));
    packages(Path.of(arguments[2]).resolve(PACKAGES)).forEach(components::add);
    Files.writeString(
        app.resolve(home.getFileName() + ".cdx.json"),
        bom.toPrettyString().replace(System.lineSeparator(), "\n") + "\n");
    Files.write(
        app.resolve("licences.txt"), children(components).map(ImageBom::line).sorted().toList());
    Files.delete(source);
  }

  private static String jar(JsonNode component) {
    return "%s-%s.jar".formatted(component.get("name").asText(), component.get("version").asText());
  }

  /** The version is that of the JDK which runs this: jlink takes the image's runtime from it. */
  private static ObjectNode runtime(Path java) throws IOException {
    Runtime.Version version = Runtime.version();
    String number =
        version.version().stream().map(String::valueOf).collect(Collectors.joining("."));
    ObjectNode runtime =
        component(
            "openjdk",
            version.toString(),
            "pkg:generic/openjdk@" + version,
            "GPL-2.0-only WITH Classpath-exception-2.0");
    runtime.put("publisher", System.getProperty("java.vendor"));
    runtime.put("cpe", "cpe:2.3:a:oracle:openjdk:%s:*:*:*:*:*:*:*".formatted(number));
    ArrayNode files = runtime.putArray("components");
    try (Stream<Path> all = Files.walk(java)) {
      all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.startsWith(java.resolve("legal")))
          .sorted()
          .forEach(file ->
              addChecksum(
                  files
                      .addObject()
                      .put("type", "file")
                      .put("bom-ref", "file:" + file)
                      .put("name", file.toString()),
                  file));
    }
    return runtime;
  }

  private static List<ObjectNode> packages(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !file.toString().endsWith(".md5sums"))
          .sorted()
          .map(file -> debianPackage(fields(file)))
          .toList();
    }
  }

  private static ObjectNode debianPackage(Map<String, String> fields) {
    String name = fields.get("Package");
    String version = fields.get("Version");
    ObjectNode component =
        component(
            name,
            version,
            "pkg:deb/debian/%s@%s?arch=%s"
                .formatted(name, version.replace("+", "%2B"), fields.get("Architecture")),
            // status.d says none
            name.equals("libc6")
                ? "LGPL-2.1-or-later"
                : "LicenseRef-see-usr-share-doc-%s-copyright".formatted(name));
    if (name.equals("libc6")) {
      component.put(
          "cpe", "cpe:2.3:a:gnu:glibc:%s:*:*:*:*:*:*:*".formatted(version.replaceFirst("-.*", "")));
    }
    return component;
  }

  /** The first lines of fields; what they continue with is not needed. */
  private static Map<String, String> fields(Path file) {
    try {
      Map<String, String> fields = new TreeMap<>();
      for (String line : Files.readAllLines(file)) {
        int colon = line.indexOf(": ");
        if (colon > 0 && !line.startsWith(" ")) {
          fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode component(String name, String version, String purl, String licence) {
    ObjectNode component = JSON.createObjectNode();
    component.put("type", "library").put("bom-ref", purl);
    component.put("name", name).put("version", version).put("purl", purl);
    component.putArray("licenses").addObject().put("expression", licence);
    return component;
  }

  private static void addChecksum(ObjectNode component, Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      component
          .putArray("hashes")
          .addObject()
          .put("alg", "SHA-256")
          .put("content", HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
