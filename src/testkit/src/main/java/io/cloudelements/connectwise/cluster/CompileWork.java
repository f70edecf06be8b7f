package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What go has to compile, by package. The time that a package takes follows the size of its sources
 * and the number of packages below it, whose types the compiler reads: with the first alone a build
 * of Kubernetes looks three times as short at its beginning.
 *
 * @param packages work of each package that is to be compiled
 */
record CompileWork(Map<String, Long> packages) {

  /** For {@code go list -deps}: a package, what is below it and its files, separated by tabs. */
  static final String FORMAT =
      "{{.ImportPath}}\t{{len .Deps}}{{range .GoFiles}}\t{{$.Dir}}/{{.}}{{end}}";

  /** In bytes of source; fitted to the processor time of a recorded build. */
  private static final long PER_DEPENDENCY = 214;

  /**
   * @param listed what {@code go list} prints in {@link #FORMAT}
   * @param planned what {@code go build -n -v} prints: the packages that are not in go's cache
   */
  static CompileWork of(List<String> listed, List<String> planned) {
    Set<String> plan = Set.copyOf(planned);
    Map<String, Long> packages = new LinkedHashMap<>();
    for (String line : listed) {
      String[] parts = line.split("\t", -1);
      if (plan.contains(parts[0])) {
        long sources = Stream.of(parts).skip(2).map(Path::of).mapToLong(CompileWork::sizeOf).sum();
        packages.put(parts[0], of(sources, Long.parseLong(parts[1])));
      }
    }
    return new CompileWork(packages);
  }

  /**
   * @param sources in bytes
   * @param dependencies direct and indirect
   */
  static long of(long sources, long dependencies) {
    return sources + PER_DEPENDENCY * dependencies;
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
