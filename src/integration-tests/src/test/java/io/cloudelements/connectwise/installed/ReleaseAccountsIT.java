package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.chart.Chart;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Accounts in the chart's values by real Helm, in the orders that docs/install.md and the upgrade
 * notes describe. A cluster of its own, since its CRDs come and go.
 */
class ReleaseAccountsIT {
  private static final String OBJECTS =
      """
      accounts:
        objects:
          - {name: acme-production, spec: {secretRef: {name: acme-admin}}}
      """;
  private static final String WITHOUT_CRDS = "crds: {install: false}\n";
  private static final String NO_KIND =
      "no matches for kind \"CloudElementsAccount\" in version \"cloudelements.io/v1\"";

  private static ControlPlane controlPlane;
  private static KubernetesClient client;
  private static SimulatorServer simulator;
  private static HelmRelease release;
  private static Path chartBeforeAccounts;

  @BeforeAll
  static void start() throws IOException, URISyntaxException {
    controlPlane = ControlPlane.start(ControlPlaneOptions.inNewDirectory("accounts-"));
    client = controlPlane.client();
    simulator = SimulatorServer.start();
    release = new HelmRelease(controlPlane, client, simulator);
    chartBeforeAccounts = chartBeforeAccounts();
  }

  @AfterAll
  static void stop() {
    client.close();
    simulator.close();
    controlPlane.close();
  }

  @AfterEach
  void removeAll() {
    if (!installed("deployments").isEmpty()) {
      release.uninstall();
    }
    for (CrdFile crd : CrdFile.values()) {
      controlPlane.kubectl("delete", "crd", crd.definition(), "--ignore-not-found", "--wait=false");
    }
    await("the definitions are gone")
        .atMost(Duration.ofMinutes(3))
        .until(() -> !definitions().contains("cloudelements.io"));
  }

  /** Helm looks up all kinds before it makes the CRDs, which are templates too. */
  @Test
  void aFirstInstallationWithAccountsIsRefusedAndLeavesNothing() {
    // Given // When
    assertThatThrownBy(() -> release.upgrade(Chart.FOLDER, OBJECTS))
        // Then
        .hasMessageContaining(NO_KIND)
        .hasMessageContaining("ensure CRDs are installed first");
    assertThat(definitions()).doesNotContain("cloudelements.io");
    assertThat(installed("deployments")).isEmpty();
  }

  /** The first way that docs/install.md gives: the list comes with the first upgrade. */
  @Test
  void accountsCanBeAddedByAnUpgrade() {
    // Given
    release.upgrade(Chart.FOLDER, "");
    // When
    release.upgrade(Chart.FOLDER, OBJECTS);
    // Then
    assertThat(accounts()).contains("acme-production");
  }

  /** The second one: the CRDs are there before, and are not the release's. */
  @Test
  void accountsCanBeInstalledAfterTheirDefinition() {
    // Given
    controlPlane.installCrds();
    // When
    release.upgrade(Chart.FOLDER, OBJECTS + WITHOUT_CRDS);
    // Then
    assertThat(accounts()).contains("acme-production");
  }

  /** An upgrade brings the CRD, which Helm would not do with one in a chart's folder crds. */
  @Test
  void anUpgradeFromBeforeAccountsBringsTheirDefinition() {
    // Given
    release.upgrade(chartBeforeAccounts, "");
    assertThat(definitions()).doesNotContain(CrdFile.ACCOUNTS.definition());
    // When
    release.upgrade(Chart.FOLDER, "");
    // Then
    assertThat(definitions()).contains(CrdFile.ACCOUNTS.definition());
  }

  /** The release stays as it was: the way out is an upgrade without the list before. */
  @Test
  void anUpgradeFromBeforeAccountsCannotBringAccountsAtOnce() {
    // Given
    release.upgrade(chartBeforeAccounts, "");
    // When
    assertRefusedWithoutChange(OBJECTS);
    release.upgrade(Chart.FOLDER, "");
    release.upgrade(Chart.FOLDER, OBJECTS);
    // Then
    assertThat(accounts()).contains("acme-production");
  }

  /** Where the CRDs are not the chart's, the way out is the command of the upgrade notes. */
  @Test
  void anUpgradeWithoutCrdsNeedsTheDefinitionOfAccountsBefore() {
    // Given
    controlPlane.installCrd(CrdFile.INSTANCES.path());
    release.upgrade(chartBeforeAccounts, WITHOUT_CRDS);
    // When
    assertRefusedWithoutChange(OBJECTS + WITHOUT_CRDS);
    controlPlane.kubectl("apply", "--server-side", "-f", CrdFile.FOLDER.toString());
    controlPlane.kubectl("wait", "--for=condition=Established", "crd", "--all");
    release.upgrade(Chart.FOLDER, OBJECTS + WITHOUT_CRDS);
    // Then
    assertThat(accounts()).contains("acme-production");
  }

  private static void assertRefusedWithoutChange(String values) {
    String before = deployment();
    assertThatThrownBy(() -> release.upgrade(Chart.FOLDER, values))
        .hasMessageContaining(NO_KIND)
        .hasMessageContaining("ensure CRDs are installed first");
    assertThat(deployment()).isEqualTo(before);
  }

  private static Path chartBeforeAccounts() throws IOException {
    Path chart = controlPlane.directory().resolve("chart-before-accounts");
    NextChart.copy(Chart.FOLDER, chart);
    Files.delete(chart.resolve("files").resolve(CrdFile.ACCOUNTS.path().getFileName()));
    return chart;
  }

  private static String definitions() {
    return controlPlane.kubectl("get", "crd", "-o", "name");
  }

  private static String accounts() {
    return installed("cea");
  }

  private static String deployment() {
    return controlPlane.kubectl(
        "get",
        "deployments",
        "-n",
        HelmRelease.NAMESPACE,
        "-o",
        "jsonpath={.items[*].metadata.resourceVersion}");
  }

  private static String installed(String resource) {
    return controlPlane.kubectl("get", resource, "-n", HelmRelease.NAMESPACE, "-o", "name");
  }
}
