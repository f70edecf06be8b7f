package io.cloudelements.connectwise.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes what the chart makes of each {@link Installation} into a folder, for a scanner to read.
 */
public final class InstallationManifests {
  private InstallationManifests() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Installation installation : Installation.values()) {
      String name = installation.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml";
      Files.writeString(
          folder.resolve(name), Chart.render(Rendered.NAMESPACE, installation.yaml()));
    }
  }
}
