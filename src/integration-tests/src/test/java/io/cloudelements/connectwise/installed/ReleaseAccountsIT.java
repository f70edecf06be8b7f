package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Accounts in the chart's values by real Helm, in the orders that docs/install.md and the upgrade
 * notes describe. Each test has a cluster that never had the CRDs.
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

  private ControlPlane controlPlane;
  private KubernetesClient client;
  private SimulatorServer simulator;
  private HelmRelease release;

  @BeforeEach
  void start() throws URISyntaxException {
    controlPlane = ControlPlane.start(ControlPlaneOptions.inNewDirectory("accounts-"));
    client = controlPlane.client();
    simulator = SimulatorServer.start();
    release = new HelmRelease(controlPlane, client, simulator);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
    controlPlane.close();
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
  void anUpgradeFromBeforeAccountsBringsTheirDefinition() throws IOException {
    // Given
    release.upgrade(chartBeforeAccounts(), "");
    assertThat(definitions()).doesNotContain(CrdFile.ACCOUNTS.definition());
    // When
    release.upgrade(Chart.FOLDER, "");
    // Then
    assertThat(definitions()).contains(CrdFile.ACCOUNTS.definition());
  }

  /** The release stays as it was: the way out is an upgrade without the list before. */
  @Test
  void anUpgradeFromBeforeAccountsCannotBringAccountsAtOnce() throws IOException {
    // Given
    release.upgrade(chartBeforeAccounts(), "");
    // When
    assertRefusedWithoutChange(OBJECTS);
    release.upgrade(Chart.FOLDER, "");
    release.upgrade(Chart.FOLDER, OBJECTS);
    // Then
    assertThat(accounts()).contains("acme-production");
  }

  /** Where the CRDs are not the chart's, the way out is the command of the upgrade notes. */
  @Test
  void anUpgradeWithoutCrdsNeedsTheDefinitionOfAccountsBefore() throws IOException {
    // Given
    controlPlane.installCrd(CrdFile.INSTANCES.path());
    release.upgrade(chartBeforeAccounts(), WITHOUT_CRDS);
    // When
    assertRefusedWithoutChange(OBJECTS + WITHOUT_CRDS);
    controlPlane.kubectl("apply", "--server-side", "-f", CrdFile.FOLDER.toString());
    controlPlane.kubectl("wait", "--for=condition=Established", "crd", "--all");
    release.upgrade(Chart.FOLDER, OBJECTS + WITHOUT_CRDS);
    // Then
    assertThat(accounts()).contains("acme-production");
  }

  private void assertRefusedWithoutChange(String values) {
    String before = deployment();
    assertThatThrownBy(() -> release.upgrade(Chart.FOLDER, values))
        .hasMessageContaining(NO_KIND)
        .hasMessageContaining("ensure CRDs are installed first");
    assertThat(deployment()).isEqualTo(before);
  }

  private Path chartBeforeAccounts() throws IOException {
    Path chart = controlPlane.directory().resolve("chart-before-accounts");
    NextChart.copy(Chart.FOLDER, chart);
    Files.delete(chart.resolve("files").resolve(CrdFile.ACCOUNTS.path().getFileName()));
    return chart;
  }

  private String definitions() {
    return controlPlane.kubectl("get", "crd", "-o", "name");
  }

  private String accounts() {
    return installed("cea");
  }

  private String deployment() {
    return controlPlane.kubectl(
        "get",
        "deployments",
        "-n",
        HelmRelease.NAMESPACE,
        "-o",
        "jsonpath={.items[*].metadata.resourceVersion}");
  }

  private String installed(String resource) {
    return controlPlane.kubectl("get", resource, "-n", HelmRelease.NAMESPACE, "-o", "name");
  }
}
