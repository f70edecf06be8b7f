package io.cloudelements.connectwise.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A workflow of {@code .github/workflows}. */
record Workflow(Path file, String text, JsonNode tree) {
  private static final Path FOLDER = Path.of(".github", "workflows");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** A job with its name. */
  record Job(String name, JsonNode tree) {
    List<JsonNode> steps() {
      return StreamSupport.stream(tree.path("steps").spliterator(), false).toList();
    }

    /** The shell commands of all steps. */
    String commands() {
      return String.join("\n", steps().stream().map(step -> step.path("run").asText()).toList());
    }

    /** Each permission with its access. */
    Map<String, String> permissions() {
      Map<String, String> permissions = new TreeMap<>();
      tree.path("permissions")
          .properties()
          .forEach(entry -> permissions.put(entry.getKey(), entry.getValue().asText()));
      return permissions;
    }
  }

  static List<Workflow> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Workflow::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Workflow named(String name) {
    return read(FOLDER.resolve(name));
  }

  private static Workflow read(Path file) {
    try {
      String text = Files.readString(file);
      return new Workflow(file, text, YAML.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    tree.path("jobs")
        .properties()
        .forEach(entry -> jobs.add(new Job(entry.getKey(), entry.getValue())));
    return jobs;
  }

  Job job(String name) {
    return jobs().stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
