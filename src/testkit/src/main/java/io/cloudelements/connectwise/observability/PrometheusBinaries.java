package io.cloudelements.connectwise.observability;

import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.cluster.Located;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prometheus and promtool, from the path, the user's cache, or the package {@code prometheus} of
 * Debian, which is unpacked into that cache and not installed.
 *
 * @param directory where both are
 */
record PrometheusBinaries(Path directory) {
  private static final List<String> BOTH = List.of("prometheus", "promtool");
  private static final Path IN_PACKAGE = Path.of("usr", "bin");

  static Located<PrometheusBinaries> locate() {
    Map<String, String> environment = System.getenv();
    Path cache =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .filter(value -> !value.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
            .resolve(Path.of("connectwise-operator", "prometheus"));
    return locate(environment.getOrDefault("PATH", ""), cache);
  }

  static Located<PrometheusBinaries> locate(String path, Path cache) {
    Optional<PrometheusBinaries> there =
        Stream.of(path.split(File.pathSeparator, -1))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .filter(PrometheusBinaries::hasBoth)
            .findFirst()
            .or(() -> cached(cache))
            .map(PrometheusBinaries::new);
    if (there.isPresent()) {
      return new Located.Found<>(there.get());
    }
    Optional<Path> apt =
        Stream.of(path.split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry, "apt-get"))
            .filter(Files::isExecutable)
            .findFirst();
    String wayOut = "; put prometheus and promtool on the path, or into a folder of " + cache;
    if (apt.isEmpty()) {
      return new Located.Missing<>(
          "prometheus is not on the path, and there is no apt-get to fetch it" + wayOut);
    }
    try {
      return fetch(apt.get(), cache)
          .<Located<PrometheusBinaries>>map(
              found -> new Located.Found<>(new PrometheusBinaries(found)))
          .orElseGet(() -> new Located.Missing<>("apt-get has no package prometheus" + wayOut));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> cached(Path cache) {
    if (!Files.isDirectory(cache)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(cache)) {
      return versions
          .sorted()
          .flatMap(version -> Stream.of(version, version.resolve(IN_PACKAGE)))
          .filter(PrometheusBinaries::hasBoth)
          .reduce((_, later) -> later);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Unpacks beside the place where it belongs and then moves it, so that no process sees half of
   * it.
   */
  private static Optional<Path> fetch(Path apt, Path cache) throws IOException {
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, ".fetch-");
    try {
      Optional<Path> archive = download(apt, work);
      if (archive.isEmpty()) {
        // lists of packages may never have been read on this machine; only root may read them
        Command.of(apt, "update").run();
        archive = download(apt, work);
      }
      if (archive.isEmpty()) {
        return Optional.empty();
      }
      Path unpacked = work.resolve("unpacked");
      Command.of(Path.of("dpkg"), "-x", archive.get().toString(), unpacked.toString())
          .run()
          .outputOrThrow();
      Path version = cache.resolve(archive.get().getFileName().toString().split("_")[1]);
      if (!Files.exists(version)) {
        Files.move(unpacked, version, StandardCopyOption.ATOMIC_MOVE);
      }
      return cached(cache);
    } finally {
      delete(work);
    }
  }

  private static Optional<Path> download(Path apt, Path work) throws IOException {
    Command.of(
            Path.of("sh"),
            "-c",
            "cd \"$1\" && \"$2\" download prometheus",
            "sh",
            work.toString(),
            apt.toString())
        .run();
    try (Stream<Path> files = Files.list(work)) {
      return files.filter(file -> file.toString().endsWith(".deb")).findFirst();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean hasBoth(Path directory) {
    return BOTH.stream().allMatch(name -> Files.isExecutable(directory.resolve(name)));
  }

  Path prometheus() {
    return directory.resolve("prometheus");
  }

  /** One run of promtool. */
  Command.CommandResult promtool(String... arguments) {
    return Command.of(directory.resolve("promtool"), arguments).run();
  }
}
