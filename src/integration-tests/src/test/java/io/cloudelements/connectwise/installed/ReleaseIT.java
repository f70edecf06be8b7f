package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.chart.Chart;
import io.cloudelements.connectwise.cluster.AuditPolicy;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The life of a release by real Helm, with the operator at work and three resources in place. A
 * cluster of its own, since the CRD belongs to the release here.
 *
 * <p>The library has no {@code helm rollback}. The test does the same: it applies the manifests of
 * the earlier revision as a new one.
 */
class ReleaseIT {
  private static final List<String> NAMES = List.of("one", "two", "three");
  private static final String RESOURCES =
      NAMES.stream()
          .map(name -> Tenant.helpDesk(name, "name: Acme help desk", "tags: [acme]"))
          .collect(Collectors.joining("---\n"));
  private static final String TOOL = "--field-manager=gitops";
  private static final String CRD = "connectwiseinstances.cloudelements.io";
  private static final String PASSES = "operator_sdk_reconciliations_success_total";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static ControlPlane controlPlane;
  private static KubernetesClient client;
  private static SimulatorServer simulator;
  private static HelmRelease release;
  private static Path nextChart;
  private static Tenant tenant;
  private static ClusterUser user;
  private static OperatorProcess pod;

  @BeforeAll
  static void start() throws IOException, URISyntaxException {
    controlPlane =
        ControlPlane.start(
            ControlPlaneOptions.inNewDirectory("release-").withAuditPolicy(AuditPolicy.EVERYTHING));
    client = controlPlane.client();
    simulator = SimulatorServer.start();
    release = new HelmRelease(controlPlane, client, simulator);
    nextChart = NextChart.in(controlPlane.directory());
    tenant = Tenant.in("default", controlPlane, client, simulator.simulator());
    user = tenant.person();
    release.upgrade(Chart.FOLDER);
    tenant.appliesCredentials();
    user.applies(RESOURCES);
  }

  @AfterAll
  static void stop() {
    Stream.of(pod, client, simulator, controlPlane).forEach(ReleaseIT::close);
  }

  /** Every test begins with this version at work and all resources usable. */
  @BeforeEach
  void isInstalled() {
    release.upgrade(Chart.FOLDER);
    if (pod == null || !pod.isAlive()) {
      pod = release.startPod();
    }
    user.runs("wait", "cwi", "--all", "--for=condition=Ready", "--timeout=30s");
  }

  /** An upgrade of the operator and of the CRD changes no resource. */
  @Test
  void upgradeChangesNoResource() {
    // Given
    Traces before = Traces.now();
    // When
    release.upgrade(nextChart);
    podIsReplaced();
    // Then
    assertThat(definition(NextChart.NEW_FIELD)).isEqualTo("string");
    assertThat(Traces.now()).isEqualTo(before);
  }

  /** A rollback must change nothing. */
  @Test
  void rollbackChangesNoResource() {
    // Given
    release.upgrade(nextChart);
    podIsReplaced();
    Traces before = Traces.now();
    // When
    release.upgrade(Chart.FOLDER);
    podIsReplaced();
    // Then
    assertThat(definition(NextChart.NEW_FIELD)).isEmpty();
    assertThat(Traces.now()).isEqualTo(before);
  }

  /** With a CRD that goes, every resource goes, and every instance after it. */
  @Test
  void uninstallKeepsDefinitionResourcesAndInstances() {
    // Given
    Traces before = Traces.now();
    // When
    release.uninstall();
    int exit = pod.terminate();
    // Then
    assertThat(exit).isZero();
    assertThat(Traces.now()).isEqualTo(before);
    assertThat(simulator.simulator().platform().live()).hasSize(NAMES.size());
    assertThat(definition("{.metadata.name}")).isEqualTo(CRD);
    assertThat(
            controlPlane.kubectl(
                "get",
                "deployments,serviceaccounts,roles,clusterroles,clusterrolebindings",
                "-n",
                HelmRelease.NAMESPACE,
                "-o",
                "name"))
        .doesNotContain(HelmRelease.NAME);
  }

  /** A new installation finds the resources of the former one, and changes nothing. */
  @Test
  void reinstallTakesOverWithoutChanges() {
    // Given
    release.uninstall();
    assertThat(pod.terminate()).isZero();
    Traces before = Traces.now();
    // When
    release.upgrade(Chart.FOLDER);
    pod = release.startPod();
    await().atMost(LIMIT).until(() -> pod.metric(PASSES) >= NAMES.size());
    // Then
    assertThat(Traces.now()).isEqualTo(before);
  }

  /** A CRD that was edited by hand is the chart's again; Helm never updates one from crds/. */
  @Test
  void upgradeRestoresTheDefinition() {
    // Given
    String columns =
        "[{\"op\": \"remove\", \"path\": \"/spec/versions/0/additionalPrinterColumns\"}]";
    controlPlane.kubectl("patch", "crd", CRD, "--type=json", "--patch=" + columns);
    // When
    release.upgrade(Chart.FOLDER);
    // Then
    assertThat(
            controlPlane.kubectl(
                "diff",
                "--server-side",
                "--force-conflicts",
                "-f",
                CrdFile.INSTANCES.path().toString()))
        .isEmpty();
  }

  /** GitOps tools compare so; what never becomes equal is applied for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"--server-side=false", "--server-side=true"})
  void convergedManifestsShowNoDifference(String side) {
    // Given
    Traces before = Traces.now();
    // When
    Kubectl.KubectlResult diff =
        controlPlane
            .kubectl()
            .attemptWithInput(RESOURCES, "diff", side, TOOL, "-n", "default", "-f", "-");
    String dryRun =
        user.kubectl()
            .runWithInput(
                RESOURCES,
                "apply",
                side,
                TOOL,
                "-n",
                "default",
                "--dry-run=server",
                "-f",
                "-",
                "-o",
                "jsonpath={range .items[*]}{.metadata.name}"
                    + " {.metadata.resourceVersion}{\"\\n\"}{end}");
    // Then
    assertThat(diff.output()).isEmpty();
    assertThat(diff.exitCode()).isZero();
    assertThat(dryRun.lines().toList()).isSubsetOf(before.resources());
  }

  /** As a rollout does it: the new pod is ready before the old one is asked to end. */
  private static void podIsReplaced() {
    OperatorProcess old = pod;
    pod = release.startPod();
    assertThat(old.terminate()).isZero();
    await().atMost(LIMIT).until(() -> pod.metric(PASSES) >= NAMES.size());
  }

  private static String definition(String path) {
    return controlPlane.kubectl("get", "crd", CRD, "-o", "jsonpath=" + path);
  }

  private static void close(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The traces of any write to resources, Secrets or instances.
   *
   * @param resources names and versions
   * @param writes of the operator in the namespace of the resources
   * @param mutations at the platform
   */
  private record Traces(
      List<String> resources, List<String> secrets, List<String> writes, List<Call> mutations) {
    private static final String VERSIONS =
        "jsonpath={range .items[*]}{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}";

    static Traces now() {
      return new Traces(
          user.gets("cwi", "-o", VERSIONS).lines().toList(),
          user.gets("secrets", "-o", VERSIONS).lines().toList(),
          tenant.writes(),
          simulator.simulator().journal().calls().stream()
              .filter(call -> !call.method().equals("GET"))
              .toList());
    }
  }
}
