package io.cloudelements.connectwise.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.cloudelements.connectwise.picture.PictureFiles;
import io.cloudelements.connectwise.picture.PictureTexts;
import io.cloudelements.connectwise.picture.TerminalPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a reader sees it, with {@code kubectl get -w} in a second terminal. */
class DemoIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The words are those of a first run, wherever this machine has its executables from. */
  private static final ControlPlaneBinaries ALL = builtOnes();

  private static final Path PICTURES = Path.of("docs", "pictures");

  @TempDir private Path directory;

  @Test
  void samplesBecomeReadyAsThePicturesOfTheReadmeShow() throws IOException {
    // Given
    CompletableFuture<GuardedProcess> watch = new CompletableFuture<>();
    Screen screen = new Screen(() -> watch.complete(watchResources()));
    try (Demo demo = demo(ALL, screen)) {
      // When
      demo.run(false);
      // Then
      assertThat(screen.lines())
          .filteredOn(line -> line.contains("POST /elements/api-v2/instances arrives"))
          .as("one creation for each sample")
          .hasSize(2);
      await("the watch shows both samples Ready")
          .atMost(LIMIT)
          .until(() ->
              watched().stream().filter(line -> line.matches(".* Valid +True .*")).count() >= 2);
    } finally {
      watch.thenAccept(GuardedProcess::kill);
    }
    show("demo.svg", "$ ./demo --once", screen.lines());
    show("watch.svg", "$ kubectl get cwi -n integrations -w", watched());
  }

  /** The other programs take minutes to build. */
  @Test
  void etcdAndApiServerAreEnough() throws IOException {
    // Given
    Path two = Files.createDirectory(directory.resolve("two"));
    for (String name : List.of("etcd", "kube-apiserver")) {
      Files.createSymbolicLink(two.resolve(name), ALL.directory().resolve(name));
    }
    ControlPlaneBinaries servers =
        new ControlPlaneBinaries(two, ALL.version(), Optional.empty(), "of this test");
    Screen screen = new Screen(() -> {});
    // When
    try (Demo demo = demo(servers, screen)) {
      demo.run(false);
    }
    // Then
    assertThat(screen.lines())
        .anyMatch(line -> line.endsWith("Kubernetes " + ALL.version() + ", of this test: starting"))
        .anyMatch(line -> line.matches(".* acme-helpdesk +Valid, Ready=True.*"))
        .anyMatch(line -> line.matches(".* acme-crm +Valid, Ready=True.*"))
        .noneMatch(line -> line.startsWith("$ kubectl"));
  }

  private static ControlPlaneBinaries builtOnes() {
    ControlPlaneBinaries found = ControlPlaneBinaries.locate(System.out);
    return new ControlPlaneBinaries(
        found.directory(), found.version(), found.kubectl(), "built by this project");
  }

  private Demo demo(ControlPlaneBinaries binaries, Screen screen) {
    Narrator narrator = new Narrator(screen, System.nanoTime());
    return new Demo(directory, () -> LocalCluster.start(binaries, directory, narrator), narrator);
  }

  /** Draws what was seen, when asked to, and compares it with the picture that the README has. */
  private static void show(String file, String command, List<String> output) throws IOException {
    List<String> lines = Stream.concat(Stream.of(command), output.stream()).toList();
    String svg = new TerminalPicture(lines).svg();
    PictureFiles.write(file, svg);
    assertThat(withoutNumbers(svg))
        .as("%s, but for numbers", file)
        .containsAll(withoutNumbers(Files.readString(PICTURES.resolve(file))));
  }

  /**
   * Times, ports and the width of columns differ from run to run, and whether kubectl was there
   * before the first status.
   */
  private static List<String> withoutNumbers(String svg) {
    return PictureTexts.of(svg).stream()
        .map(line -> line.replaceAll("\\d+", "0").replaceAll("\\s+", " "))
        .filter(line -> !line.matches("acme-\\w+ \\w+ 0s"))
        .toList();
  }

  private GuardedProcess watchResources() {
    String kubectl = ALL.kubectl().orElseThrow().toString();
    return GuardedProcess.start(
        "kubectl",
        directory.resolve("watch.log"),
        directory,
        Map.of(
            "KUBECONFIG", directory.resolve("kubeconfig").toString(),
            "HOME", directory.toString()),
        List.of(kubectl, "get", "cwi", "-n", "integrations", "-w"));
  }

  private List<String> watched() throws IOException {
    return Files.readAllLines(directory.resolve("watch.log"));
  }

  /** What the demo prints; the second terminal is opened when the operator is ready. */
  private static final class Screen extends PrintStream {
    private final ByteArrayOutputStream bytes;
    private final Runnable second;

    Screen(Runnable second) {
      this(new ByteArrayOutputStream(), second);
    }

    private Screen(ByteArrayOutputStream bytes, Runnable second) {
      super(bytes, true, StandardCharsets.UTF_8);
      this.bytes = bytes;
      this.second = second;
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (line.endsWith("operator is ready")) {
        second.run();
      }
    }

    List<String> lines() {
      return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }
}
