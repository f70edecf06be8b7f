package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.installed.LifecycleScenario;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that {@code -Pimage} has built: unpacked and run in its own root, as the user it
 * declares, on a read-only file system. Needs root.
 */
@Tag("image")
@RealCluster
class ImageIT {
  private static final Path TARGET = Path.of("target");
  private static final int LIMIT_MEGABYTES = 120;
  private static final int STARTS = 5;

  /** The chart's limit: without one the JVM would size its heap by the whole machine. */
  private static final String MEMORY = "JDK_JAVA_OPTIONS=-XX:MaxRAM=384m";

  private static final String MUST_USE_CACHE = MEMORY + " -XX:AOTMode=on";

  @TempDir private static Path directory;
  private static ImageArchive image;

  @BeforeAll
  static void unpack(ControlPlane controlPlane) throws Exception {
    image = ImageArchive.unpack(TARGET.resolve("connectwise-operator-image.tar"), directory);
    controlPlane.installCrd(CrdFile.PATH);
  }

  /** The chart refers to it by this name, and its pod must not run as root. */
  @Test
  void imageMatchesNameTagAndUserOfTheChart() throws IOException {
    // Given
    String version = Files.readString(Path.of("charts/connectwise-operator/Chart.yaml"));

    // When
    String tag = image.name().replaceFirst(".*:", "");

    // Then
    assertThat(image.name()).startsWith("docker.io/library/connectwise-operator:");
    assertThat(version).containsPattern("appVersion: \"?" + tag + "\"?\n");
    assertThat(image.configuration().get("User").asText()).isEqualTo("65532:65532");
  }

  /** What is not there cannot be used against the cluster. */
  @Test
  void imageHasOnlyRequiredProgramsAndSize() throws IOException {
    // Given
    List<Path> files = image.files();

    // When
    List<String> programs = new ArrayList<>();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      boolean executable =
          Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
      if (executable && !file.toString().contains(".so")) {
        programs.add(image.root().relativize(file).toString());
      }
    }

    // Then
    assertThat(programs)
        .containsExactlyInAnyOrder("opt/java/bin/java", "opt/java/lib/jspawnhelper");
    assertThat(bytes / 1e6).as("MB unpacked").isLessThan(LIMIT_MEGABYTES);
    System.out.printf("Image: %.1f MB in %d files%n", bytes / 1e6, files.size());
  }

  /** Ownership and setuid bits decide what a process that broke out of Java could do. */
  @Test
  void imageUserCanWriteNoFile() throws IOException {
    // Given
    List<Path> files = image.files();

    // When
    List<Path> writable = new ArrayList<>();
    for (Path file : files) {
      int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      int owner = (Integer) Files.getAttribute(file, "unix:uid");
      if (owner != 0 || (mode & 06022) != 0) {
        writable.add(file);
      }
    }

    // Then
    assertThat(writable).isEmpty();
  }

  /** A scanner sees what is inside, and a reader under which licence. */
  @Test
  void imageContainsItsBillOfMaterials() throws IOException {
    // Given
    Path inside = image.root().resolve("opt/connectwise-operator/sbom.json");
    Path beside = TARGET.resolve("connectwise-operator-image.sbom.json");

    // When
    JsonNode bom = JsonMapper.builder().build().readTree(inside.toFile());
    List<String> components =
        StreamSupport.stream(bom.get("components").spliterator(), false)
            .map(each -> each.get("name").asText() + "-" + each.get("version").asText())
            .toList();

    // Then
    assertThat(inside).hasSameBinaryContentAs(beside);
    assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(components).anyMatch(name -> name.startsWith("openjdk-25"));
    assertThat(components).anyMatch(name -> name.startsWith("glibc-2"));
    for (Path file : image.files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".jar") && !name.matches("connectwise-operator-.*|jrt-fs.jar")) {
        assertThat(components).contains(name.replace(".jar", ""));
      }
    }
    assertThat(image.root().resolve("opt/connectwise-operator/licences.txt"))
        .content()
        .contains("vertx-core", "glibc", "openjdk");
  }

  /**
   * Everything the operator does to a cluster, in the image: what was left out is not missed. The
   * JVM would not start without the cache.
   */
  @Test
  void operatorRunsInTheImagesRoot(
      ControlPlane controlPlane, TestNamespace namespace, KubernetesClient client)
      throws IOException {
    // Given
    ImageProcess process = image.process(MUST_USE_CACHE + " -Xlog:class+load");
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess operator =
            process.launch(controlPlane, simulator, Map.of("LEADER_ELECTION", "true"))) {
      operator.awaitReady();
      List<String> loaded = loads(operator);

      // When
      LifecycleScenario.run(
          Tenant.in(namespace.name(), controlPlane, client, simulator.simulator()));

      // Then
      assertThat(Files.readString(Path.of("/proc/" + operator.pid() + "/status")))
          .containsPattern("Uid:\t65532\t65532\t65532\t65532\n")
          .containsPattern("Gid:\t65532\t65532\t65532\t65532\n");
      assertThat(operator.metric("connectwise_operator_build_info")).isEqualTo(1);
      assertThat(loaded)
          .filteredOn(line -> line.contains("shared objects file"))
          .as("of %d classes", loaded.size())
          .hasSizeGreaterThan(loaded.size() * 8 / 10);
      assertThat(operator.terminate()).isZero();
      assertThat(operator.log()).noneMatch(line -> line.contains("NoClassDefFoundError:"));
    }
  }

  /** The proof that the proof proves something. */
  @Test
  void refusesAMismatchedAotCache(ControlPlane controlPlane) throws Exception {
    // Given
    Path jar =
        image.files().stream()
            .filter(file -> file.getFileName().toString().startsWith("slf4j-api-"))
            .findFirst()
            .orElseThrow();
    FileTime time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

    // When
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess operator =
            image.process(MUST_USE_CACHE).launch(controlPlane, simulator, Map.of())) {
      // Then
      assertThat(operator.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
      assertThat(operator.log()).anyMatch(line -> line.contains("Unable to use AOT cache"));
    } finally {
      Files.setLastModifiedTime(jar, time);
    }
  }

  /** What the cache is for. Times are printed, their order is asserted. */
  @Test
  void startsFasterWithTheAotCache(ControlPlane controlPlane) throws IOException {
    // Given
    List<Start> cached = new ArrayList<>();
    List<Start> uncached = new ArrayList<>();

    // When
    for (int start = 0; start < STARTS; start++) {
      cached.add(start(controlPlane, MUST_USE_CACHE));
      uncached.add(start(controlPlane, MEMORY + " -XX:AOTMode=off"));
    }

    // Then
    System.out.printf("Start to ready with the AOT cache: %s%n", Start.summary(cached));
    System.out.printf("Start to ready without:            %s%n", Start.summary(uncached));
    assertThat(Start.median(cached)).isLessThan(Start.median(uncached));
  }

  private static Start start(ControlPlane controlPlane, String variable) throws IOException {
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess operator =
            image
                .process(variable)
                .launch(controlPlane, simulator, Map.of("LEADER_ELECTION", "true"))) {
      operator.awaitReady();
      return Start.of(operator);
    }
  }

  private static List<String> loads(OperatorProcess operator) {
    return operator.log().stream().filter(line -> line.contains(" source: ")).toList();
  }
}
