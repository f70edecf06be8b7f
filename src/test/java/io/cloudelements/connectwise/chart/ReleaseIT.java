package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.crd.CrdGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The life of a release by real Helm, with resources in place. A cluster of its own, since the CRD
 * belongs to the release here. The operator is not run: what it does is told by other tests, and
 * nothing here may touch the resources.
 */
class ReleaseIT {
  private static final String RELEASE = "connectwise-operator";
  private static final String NAMESPACE = "operators";
  private static final String VERSION =
      "--output=jsonpath={.metadata.uid} {.metadata.resourceVersion}";

  private static ControlPlane controlPlane;

  @BeforeAll
  static void start() throws IOException {
    Path directory =
        Files.createTempDirectory(
            Files.createDirectories(Path.of("target", "control-plane")), "release-");
    controlPlane =
        ControlPlane.start(
            ControlPlaneOptions.in(directory, ControlPlaneBinaries.locate(System.out)));
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  @BeforeEach
  void install() {
    upgrade("replicas", 1);
    ClusterUser user = controlPlane.userIn("default");
    user.applies(
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme, finalizers: [cloudelements.io/test]}
        spec: {hub: helpdesk, credentialsSecretRef: {name: acme}}
        """);
  }

  /** An upgrade of the operator is no business of the resources. */
  @Test
  void upgradeLeavesResourcesAlone() {
    // Given
    String before = acme();
    // When
    upgrade("replicas", 2);
    // Then
    assertThat(acme()).isEqualTo(before);
    assertThat(
            controlPlane.kubectl(
                "get",
                "deployment",
                RELEASE,
                "-n",
                NAMESPACE,
                "--output=jsonpath={.spec.replicas}"))
        .isEqualTo("2");
  }

  /** With a CRD that goes, every resource goes, and every instance after it. */
  @Test
  void uninstallKeepsDefinitionAndResources() {
    // Given
    String before = acme();
    // When
    Helm.uninstall(RELEASE)
        .withNamespace(NAMESPACE)
        .withKubeConfig(controlPlane.kubeconfig())
        .call();
    // Then
    assertThat(acme()).isEqualTo(before);
    assertThat(
            controlPlane.kubectl("get", "deployments,clusterroles", "-n", NAMESPACE, "-o", "name"))
        .doesNotContain(RELEASE);
  }

  /** Who comes back finds what was left. */
  @Test
  void reinstallTakesTheDefinitionOver() {
    // Given
    String before = acme();
    Helm.uninstall(RELEASE)
        .withNamespace(NAMESPACE)
        .withKubeConfig(controlPlane.kubeconfig())
        .call();
    // When
    upgrade("replicas", 1);
    // Then
    assertThat(acme()).isEqualTo(before);
  }

  /** A release of an older definition is upgraded with the chart, which Helm's crds/ never does. */
  @Test
  void upgradeBringsTheDefinitionUpToDate() throws IOException {
    // Given
    String before = acme();
    controlPlane.kubectl(
        "patch",
        "crd",
        "connectwiseinstances.cloudelements.io",
        "--type=json",
        "--patch=[{\"op\": \"remove\", \"path\": \"/spec/versions/0/additionalPrinterColumns\"}]");
    // When
    upgrade("replicas", 1);
    // Then
    assertThat(acme()).isEqualTo(before);
    assertThat(
            controlPlane.kubectl(
                "diff", "--server-side", "--force-conflicts", "-f", CrdGenerator.FILE.toString()))
        .isEmpty();
  }

  private static void upgrade(String value, Object to) {
    new Helm(Chart.FOLDER)
        .upgrade()
        .withName(RELEASE)
        .withNamespace(NAMESPACE)
        .install()
        .createNamespace()
        .set(value, to)
        .withKubeConfig(controlPlane.kubeconfig())
        .call();
  }

  private static String acme() {
    return controlPlane.kubectl("get", "cwi", "acme", "-n", "default", VERSION);
  }
}
