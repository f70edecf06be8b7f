package io.cloudelements.connectwise.chart;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of everything that a release publishes; the parent's pom is its only source. */
public final class ProjectVersion {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern TIME =
      Pattern.compile("<project.build.outputTimestamp>([^<]+)</project.build.outputTimestamp>");

  private ProjectVersion() {}

  public static String read() {
    return find(VERSION);
  }

  /** When it was made, for everything that says so. */
  static String time() {
    return find(TIME);
  }

  private static String find(Pattern element) {
    Matcher found = element.matcher(ChartGenerator.read(Path.of("pom.xml")));
    if (!found.find()) {
      throw new IllegalStateException("pom.xml has no " + element);
    }
    return found.group(1);
  }
}
