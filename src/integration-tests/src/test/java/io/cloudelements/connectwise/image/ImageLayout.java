package io.cloudelements.connectwise.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An image of the Dockerfile, unpacked from an OCI layout as a container runtime does: index,
 * manifest, configuration, and the layers one over the other.
 *
 * @param root its files
 * @param configuration what the image says of the process
 * @param compressedBytes of its layers
 */
record ImageLayout(Path root, JsonNode configuration, long compressedBytes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Options of {@code buildah build}, separated by semicolons: base images, volumes. */
  private static final String OPTIONS = "image.build.options";

  /** Builds a target of the Dockerfile by buildah, with the times that make it reproducible. */
  static ImageLayout build(String target, Path directory) throws IOException, InterruptedException {
    String name = "connectwise-operator-" + target + ":it";
    Path layout = Files.createDirectories(directory).resolve("layout");
    List<String> build = new ArrayList<>();
    build.addAll(List.of("buildah", "build", "--layers", "--format", "oci", "--target", target));
    build.addAll(List.of("--timestamp", Long.toString(epoch()), "--tag", name));
    Stream.of(System.getProperty(OPTIONS, "").split(";"))
        .filter(option -> !option.isEmpty())
        .forEach(build::add);
    build.add(".");
    run(build);
    run(List.of("buildah", "push", name, "oci:" + layout + ":it"));
    return unpack(layout, directory.resolve("root"));
  }

  private static ImageLayout unpack(Path layout, Path root)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    JsonNode manifest = read(blob(layout, read(layout.resolve("index.json")).at("/manifests/0")));
    long bytes = 0;
    for (JsonNode layer : manifest.get("layers")) {
      bytes += layer.get("size").asLong();
      run(
          List.of(
              "tar",
              "--extract",
              "--gzip",
              "--preserve-permissions",
              "--numeric-owner",
              "--file",
              blob(layout, layer).toString(),
              "--directory",
              root.toString()));
    }
    JsonNode configuration = read(blob(layout, manifest.get("config"))).get("config");
    return new ImageLayout(root.toAbsolutePath(), configuration, bytes);
  }

  /** Its process as the user it declares, with further variables. */
  ImageProcess process(String... variables) {
    return processAs(configuration.get("User").asText(), variables);
  }

  /** Its process as another user, as a platform may choose. */
  ImageProcess processAs(String user, String... variables) {
    return new ImageProcess(
        root,
        user,
        Stream.concat(texts("Env"), Stream.of(variables)).toList(),
        texts("Entrypoint").toList());
  }

  String label(String name) {
    return configuration.at("/Labels").path("org.opencontainers.image." + name).asText();
  }

  Stream<String> texts(String field) {
    return StreamSupport.stream(configuration.get(field).spliterator(), false)
        .map(JsonNode::asText);
  }

  /** All files, by their path in {@link #root}. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  /** As the Dockerfile has it: files and jars must agree, or the AOT cache does not fit. */
  private static long epoch() throws IOException {
    return Files.readAllLines(Path.of("Dockerfile")).stream()
        .filter(line -> line.startsWith("ARG SOURCE_DATE_EPOCH="))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void run(List<String> words) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(words + " ended with " + exit);
    }
  }

  private static Path blob(Path layout, JsonNode descriptor) {
    String digest = descriptor.get("digest").asText();
    return layout.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}
