package io.cloudelements.connectwise.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * What was built: shown in the first log line, as a metric and in the User-Agent.
 *
 * @param version the release
 * @param commit the source it was built from, when the build was told
 */
public record BuildInfo(String version, Optional<String> commit) {
  private static final String FILE = "build.properties";

  /**
   * Reads what the build wrote beside this class.
   *
   * @throws IllegalStateException when it is not there: the jar is incomplete
   */
  public static BuildInfo load() {
    Properties properties = new Properties();
    try (InputStream file = BuildInfo.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing: the jar is incomplete");
      }
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
    return new BuildInfo(
        properties.getProperty("version", ""),
        Optional.of(properties.getProperty("commit", "")).filter(commit -> !commit.isEmpty()));
  }

  /** How the operator names itself to the API server and to Cloud Elements. */
  public String userAgent() {
    return "connectwise-operator/" + version;
  }

  @Override
  public String toString() {
    return version + commit.map(it -> " (" + it + ")").orElse("");
  }
}
