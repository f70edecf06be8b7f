package io.cloudelements.connectwise.operator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that start a program of this repository in a JVM of its own: with the options of the
 * launcher, on the class path of the tests without the tests.
 */
public final class JavaCommand {
  private static final Path JVM_OPTIONS = Path.of("src/operator/src/main/dist/conf/jvm.options");

  private JavaCommand() {}

  /**
   * @param heap such as {@code 192m}
   */
  public static List<String> of(String mainClass, String heap) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("@" + JVM_OPTIONS.toAbsolutePath());
    words.addAll(List.of("-Xmx" + heap, "-cp", classPath(), mainClass));
    return words;
  }

  /** Absolute, since the process has another working directory. */
  private static String classPath() {
    String separator = System.getProperty("path.separator");
    return Stream.of(System.getProperty("java.class.path").split(separator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(separator));
  }
}
