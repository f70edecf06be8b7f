package io.cloudelements.connectwise.cluster;

import static io.cloudelements.connectwise.cluster.ControlPlaneBinaries.VERSION;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds Kubernetes and etcd from the Go module proxy, checked against Go's checksum database.
 *
 * <p>Kubernetes cannot be had by {@code go install}: its go.mod replaces its own libraries by
 * directories of its repository. A throw-away module that replaces them by their published versions
 * ({@code v1.X.Y} is {@code v0.X.Y} there) can build it. An executable appears in the target
 * directory only when it is complete, so that an interrupted build is taken up again where it was.
 */
final class GoBuild {

  private static final String LIBRARIES_VERSION = VERSION.replaceFirst("^v1", "v0");
  private static final Pattern OWN_LIBRARY =
      Pattern.compile("^\\s*(k8s\\.io/\\S+) => \\./staging.*$", Pattern.MULTILINE);
  private static final String TEMPORARY = ".building-";
  private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
  private static final Runnable SILENT = () -> {};

  /** File locks do not keep two threads of one JVM apart. */
  private static final Object ONE_PER_JVM = new Object();

  private final Path go;
  private final Path target;
  private final List<String> names;
  private final PrintStream progress;

  /**
   * @param names of the executables that the target directory is to have
   */
  GoBuild(Path go, Path target, List<String> names, PrintStream progress) {
    this.go = go;
    this.target = target;
    this.names = List.copyOf(names);
    this.progress = progress;
  }

  /**
   * @throws ControlPlaneException go failed; the message has the end of what it said
   */
  void run() {
    synchronized (ONE_PER_JVM) {
      try {
        Files.createDirectories(target);
        Path lockFile = target.resolveSibling("." + VERSION + ".lock");
        try (FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel)) {
          buildMissing();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot build Kubernetes into " + target, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ControlPlaneException("Interrupted while building Kubernetes", e);
      }
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    progress.println("Another process is building Kubernetes; waiting for it.");
    return channel.lock();
  }

  private void buildMissing() throws IOException, InterruptedException {
    List<String> missing = ControlPlaneBinaries.missing(target, names);
    if (missing.isEmpty()) {
      return;
    }
    deleteLeftovers();
    progress.printf(
        "Building %s of Kubernetes %s, once for this machine, in %s%n",
        String.join(", ", missing), VERSION, target);
    Path module = Files.createTempDirectory(target, TEMPORARY);
    try {
      writeModule(module, missing);
      CompileWork work = work(module, missing);
      long start = System.nanoTime();
      for (String name : missing) {
        String step = "[%d of %d] %s".formatted(missing.indexOf(name) + 1, missing.size(), name);
        build(module, name, () -> report(module, missing, work, step, start));
      }
      progress.println("  done");
    } finally {
      PrivateFiles.deleteTree(module);
    }
  }

  /** The logs of all steps so far name what was compiled. */
  private void report(
      Path module, List<String> missing, CompileWork work, String step, long start) {
    List<String> printed =
        missing.stream()
            .map(name -> buildLog(module, name))
            .filter(Files::exists)
            .flatMap(log -> lines(log).stream())
            .toList();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    progress.println(new BuildProgress(work.total()).line(step, work.done(printed), elapsed));
  }

  private CompileWork work(Path module, List<String> missing)
      throws IOException, InterruptedException {
    Path listed = module.resolve("packages.list");
    Path planned = module.resolve("packages.planned");
    goWithPackages(module, listed, missing, "list", "-deps", "-f", CompileWork.FORMAT);
    goWithPackages(module, planned, missing, "build", "-n", "-v", "-trimpath");
    return CompileWork.of(lines(listed), lines(planned));
  }

  private void goWithPackages(Path module, Path log, List<String> names, String... words)
      throws InterruptedException {
    Stream<String> packages = names.stream().map(GoBuild::packageOf);
    go(module, log, SILENT, Stream.concat(Stream.of(words), packages).toArray(String[]::new));
  }

  private static Path buildLog(Path module, String name) {
    return module.resolve(name + ".log");
  }

  private static List<String> lines(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeModule(Path module, List<String> missing)
      throws IOException, InterruptedException {
    progress.println("  downloading the sources");
    Path output = module.resolve("download.json");
    go(module, output, SILENT, "mod", "download", "-json", "k8s.io/kubernetes@" + VERSION);
    String json = Files.readString(output);
    Path goMod =
        Path.of(
            new ObjectMapper()
                .readTree(json.substring(json.indexOf('{')))
                .required("GoMod")
                .asText());
    String replacements =
        OWN_LIBRARY
            .matcher(Files.readString(goMod))
            .results()
            .map((MatchResult line) -> line.group(1))
            .map(library -> "replace %s => %s %s%n".formatted(library, library, LIBRARIES_VERSION))
            .collect(Collectors.joining());
    Files.writeString(
        module.resolve("go.mod"),
        """
        module tools
        go 1.26.0
        godebug default=go1.26
        require k8s.io/kubernetes %s
        """
                .formatted(VERSION)
            + replacements);
    Files.writeString(
        module.resolve("tools.go"),
        missing.stream()
            .map(name -> "import _ \"%s\"%n".formatted(packageOf(name)))
            .collect(Collectors.joining("", "package tools\n", "")));
    go(module, module.resolve("tidy.log"), SILENT, "mod", "tidy");
  }

  /** Without the version flags kubectl and CEL see Kubernetes v0.0.0. */
  private void build(Path module, String name, Runnable report)
      throws IOException, InterruptedException {
    report.run();
    String version = "-X k8s.io/component-base/version.git";
    String[] numbers = VERSION.substring(1).split("\\.", -1);
    String flags =
        "-s -w %1$sVersion=%2$s %1$sMajor=%3$s %1$sMinor=%4$s"
            .formatted(version, VERSION, numbers[0], numbers[1]);
    Path built = module.resolve(name);
    go(
        module,
        buildLog(module, name),
        report,
        "build",
        "-v",
        "-trimpath",
        "-ldflags",
        flags,
        "-o",
        built.toString(),
        packageOf(name));
    Files.move(built, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String packageOf(String name) {
    return name.equals(ControlPlaneBinaries.ETCD)
        ? "go.etcd.io/etcd/server/v3"
        : "k8s.io/kubernetes/cmd/" + name;
  }

  private void go(Path module, Path log, Runnable report, String... arguments)
      throws InterruptedException {
    List<String> words = Stream.concat(Stream.of(go.toString()), Stream.of(arguments)).toList();
    Map<String, String> environment =
        Map.of("CGO_ENABLED", "0", "GO111MODULE", "on", "GOFLAGS", "", "GOWORK", "off");
    GuardedProcess process = GuardedProcess.start("go", log, module, environment, words);
    try {
      while (!process.endsWithin(REPORT_EVERY)) {
        report.run();
      }
    } finally {
      process.kill();
    }
    if (process.exitValue() != 0) {
      throw new ControlPlaneException(
          "%s failed with %d:%n%s"
              .formatted(
                  String.join(" ", words),
                  process.exitValue(),
                  String.join("\n", process.logTail(30))));
    }
  }

  /** Of builds that were killed: no other build runs, because this one has the lock. */
  private void deleteLeftovers() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(target, TEMPORARY + "*")) {
      for (Path leftover : leftovers) {
        PrivateFiles.deleteTree(leftover);
      }
    }
  }
}
