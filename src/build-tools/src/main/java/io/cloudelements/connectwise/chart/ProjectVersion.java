package io.cloudelements.connectwise.chart;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of everything that a release publishes; the parent's pom is its only source. */
public final class ProjectVersion {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  private ProjectVersion() {}

  public static String read() {
    Matcher version = VERSION.matcher(ChartGenerator.read(Path.of("pom.xml")));
    if (!version.find()) {
      throw new IllegalStateException("pom.xml has no version");
    }
    return version.group(1);
  }
}
