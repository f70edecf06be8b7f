package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.installed.LifecycleScenario;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator's image, built from the Dockerfile by buildah: unpacked and run in its own root, as
 * the user it declares, on a read-only file system. Needs root.
 */
@Tag("image")
@NeedsBuildah
@RealCluster
class ImageIT {
  private static final int STARTS = 5;

  /** The chart's limit: without one the JVM would size its heap by the whole machine. */
  private static final String MEMORY = "JDK_JAVA_OPTIONS=-XX:MaxRAM=384m";

  private static final String MUST_USE_CACHE = MEMORY + " -XX:AOTMode=on";

  @TempDir private static Path directory;
  private static ImageLayout image;

  @BeforeAll
  static void build(ControlPlane controlPlane) throws Exception {
    image = ImageLayout.build("operator", directory.resolve("operator"));
    controlPlane.installCrds();
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
          .containsPattern("Gid:\t0\t0\t0\t0\n");
      assertThat(operator.metric("connectwise_operator_build_info")).isEqualTo(1);
      assertThat(loaded)
          .filteredOn(line -> line.contains("shared objects file"))
          .as("of %d classes", loaded.size())
          .hasSizeGreaterThan(loaded.size() * 8 / 10);
      assertThat(operator.terminate()).isZero();
      assertThat(operator.log()).noneMatch(line -> line.contains("NoClassDefFoundError:"));
    }
  }

  /** OpenShift starts it with a user id of the namespace's range, in group 0. */
  @Test
  void operatorRunsAsAnArbitraryUserId(ControlPlane controlPlane) throws IOException {
    // Given
    ImageProcess process = image.processAs("1000650000:0", MUST_USE_CACHE);

    // When
    try (SimulatorServer simulator = SimulatorServer.start();
        OperatorProcess operator =
            process.launch(controlPlane, simulator, Map.of("LEADER_ELECTION", "true"))) {
      operator.awaitReady();

      // Then
      assertThat(Files.readString(Path.of("/proc/" + operator.pid() + "/status")))
          .containsPattern("Uid:\t1000650000\t");
      assertThat(operator.terminate()).isZero();
    }
  }

  /** The check for the cache must fail without a cache. */
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

  /** The Dockerfile's other target, which deploy/try needs. */
  @Test
  void simulatorImageServesTheJournal() throws Exception {
    // Given
    ImageLayout simulator = ImageLayout.build("simulator", directory.resolve("simulator"));
    Path log = Files.createFile(directory.resolve("simulator.log"));
    GuardedProcess process =
        simulator.process().start(log, List.of("--host", "127.0.0.1", "--port", "0"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI admin =
          await("the simulator says where it is")
              .until(() -> adminUrl(log), Optional::isPresent)
              .orElseThrow();

      // When
      HttpResponse<String> journal =
          http.send(
              HttpRequest.newBuilder(URI.create(admin + "/journal")).build(),
              HttpResponse.BodyHandlers.ofString());

      // Then
      assertThat(journal.statusCode()).isEqualTo(200);
      assertThat(simulator.label("title")).isEqualTo("cloud-elements-simulator");
      assertThat(simulator.configuration().get("User").asText()).isEqualTo("65532:0");
    } finally {
      process.kill();
    }
  }

  private static Optional<URI> adminUrl(Path log) throws IOException {
    return Pattern.compile("curl (http://\\S+/simulator)/journal")
        .matcher(Files.readString(log))
        .results()
        .map(found -> URI.create(found.group(1)))
        .findFirst();
  }

  /** The purpose of the cache. Times are printed, their order is asserted. */
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
