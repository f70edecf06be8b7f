package io.cloudelements.connectwise.chart;

import io.cloudelements.connectwise.cluster.CrdFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the parts of the chart that are derived, and the plain manifests and the bundle rendered
 * from it.
 */
public final class ChartGenerator {
  /** What a person types to write them anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@chart";

  private ChartGenerator() {}

  public static void main(String[] arguments) {
    write(chartFiles());
    write(DeployManifests.all()); // from the chart as it is now
    write(OlmBundle.files());
  }

  /** Each derived file of the chart, relative to the root of the repository, and its content. */
  static Map<Path, String> chartFiles() {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(Chart.FOLDER.resolve("Chart.yaml"), ChartMetadata.render());
    files.put(Chart.FOLDER.resolve("values.yaml"), ValuesYaml.render(ChartValues.ALL));
    files.put(Chart.FOLDER.resolve("values.schema.json"), ValuesSchema.render(ChartValues.ALL));
    files.put(Chart.FOLDER.resolve("templates/_settings.tpl"), SettingValues.template());
    files.put(Chart.FOLDER.resolve("files/dashboard.json"), Dashboard.render());
    for (CrdFile crd : CrdFile.values()) {
      files.put(Chart.FOLDER.resolve("files").resolve(crd.path().getFileName()), read(crd.path()));
    }
    return files;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Map<Path, String> files) {
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
