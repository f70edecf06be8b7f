package io.cloudelements.connectwise.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of the benchmark's own processes, which log as this one does. */
final class Jvm {
  private static final String LOGGING = "logback.configurationFile";

  private Jvm() {}

  static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    Optional.ofNullable(System.getProperty(LOGGING))
        .ifPresent(file -> words.add("-D" + LOGGING + "=" + Path.of(file).toAbsolutePath()));
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.addAll(List.of("-cp", classPath(), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Absolute, since the process has another working directory. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
