package io.cloudelements.connectwise.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An unpacked OCI archive, read as a container runtime does: index, manifest, configuration, and
 * the layers one over the other.
 *
 * @param root its files
 * @param name by which containerd knows it
 * @param configuration what the image says of the process
 */
record ImageArchive(Path root, String name, JsonNode configuration) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static ImageArchive unpack(Path archive, Path directory)
      throws IOException, InterruptedException {
    Path layout = Files.createDirectories(directory.resolve("layout"));
    Path root = Files.createDirectories(directory.resolve("root"));
    tar("--extract", "--file", archive.toString(), "--directory", layout.toString());
    JsonNode entry = read(layout.resolve("index.json")).at("/manifests/0");
    JsonNode manifest = read(blob(layout, entry));
    for (JsonNode layer : manifest.get("layers")) {
      tar(
          "--extract",
          "--gzip",
          "--preserve-permissions",
          "--numeric-owner",
          "--file",
          blob(layout, layer).toString(),
          "--directory",
          root.toString());
    }
    return new ImageArchive(
        root.toAbsolutePath(),
        entry.get("annotations").get("io.containerd.image.name").asText(),
        read(blob(layout, manifest.get("config"))).get("config"));
  }

  /** Its process, with further variables. */
  ImageProcess process(String... variables) {
    return new ImageProcess(
        root,
        Optional.of(configuration.get("User").asText()),
        Stream.concat(texts("Env"), Stream.of(variables)).toList(),
        texts("Entrypoint").toList(),
        Map.of());
  }

  Stream<String> texts(String field) {
    return StreamSupport.stream(configuration.get(field).spliterator(), false)
        .map(JsonNode::asText);
  }

  /** All files, by their path in the image. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static void tar(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("tar"));
    words.addAll(List.of(arguments));
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
