package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What go has to compile, by package. The time that a package takes follows the size of its
 * sources; each costs a little besides, and a program has to be linked.
 *
 * @param packages work of each package that is to be compiled
 */
record CompileWork(Map<String, Long> packages) {

  /** For {@code go list -deps}: a package and its files, separated by tabs. */
  static final String FORMAT = "{{.ImportPath}}{{range .GoFiles}}\t{{$.Dir}}/{{.}}{{end}}";

  private static final long PER_PACKAGE = 10_000;

  /**
   * @param listed what {@code go list} prints in {@link #FORMAT}
   * @param planned what {@code go build -n -v} prints: the packages that are not in go's cache
   */
  static CompileWork of(List<String> listed, List<String> planned) {
    Set<String> plan = Set.copyOf(planned);
    Map<String, Long> packages = new LinkedHashMap<>();
    for (String line : listed) {
      String[] parts = line.split("\t", -1);
      long size = PER_PACKAGE;
      for (int i = 1; i < parts.length; i++) {
        size += sizeOf(Path.of(parts[i]));
      }
      if (plan.contains(parts[0])) {
        packages.put(parts[0], size);
      }
    }
    return new CompileWork(packages);
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long total() {
    return packages.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of the packages that {@code go build -v} has printed: it prints one when it compiles it. */
  long done(List<String> printed) {
    return printed.stream().distinct().mapToLong(name -> packages.getOrDefault(name, 0L)).sum();
  }
}
