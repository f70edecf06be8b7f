package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An installation by the files of {@code crds/} and {@code deploy/} that is removed and applied
 * again, with one resource in place. A control plane each, since the CRD is deleted.
 */
class PlainInstallIT {
  private static final String CRD = "connectwiseinstances.cloudelements.io";
  private static final String CRDS = "crds/";
  private static final String NAMESPACE = "deploy/namespace.yaml";
  private static final String INSTALL = "deploy/install.yaml";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** An API server that found resources left checks again after 5 minutes whether all are gone. */
  private static final Duration CRD_LIMIT = Duration.ofMinutes(7);

  private ControlPlane controlPlane;
  private KubernetesClient client;
  private SimulatorServer simulator;
  private Tenant tenant;
  private ClusterUser user;
  private OperatorProcess pod;
  private Instance instance;

  @BeforeEach
  void install() throws IOException {
    controlPlane = ControlPlane.start(ControlPlaneOptions.inNewDirectory("plain-"));
    client = controlPlane.client();
    simulator = SimulatorServer.start();
    tenant = Tenant.in("default", controlPlane, client, simulator.simulator());
    user = tenant.person();
    applyEverything();
    startPod();
    instance = tenant.provisions("acme");
  }

  @AfterEach
  void stop() {
    pod.close();
    client.close();
    simulator.close();
    controlPlane.close();
  }

  /** The file that an uninstallation deletes contains neither CRD nor namespace. */
  @Test
  void deletingTheManifestsKeepsResourcesAndInstances() {
    // Given
    String before = user.gets("cwi,secrets", "-o", VERSIONS);
    // When
    controlPlane.kubectl("delete", "-k", "deploy");
    pod.terminate();
    // Then
    assertThat(user.gets("cwi,secrets", "-o", VERSIONS)).isEqualTo(before);
    assertThat(controlPlane.kubectl("get", "crd", CRD, "-o", "jsonpath=" + DELETION)).isEmpty();
    assertThat(controlPlane.kubectl("get", "namespace", HelmRelease.NAME, "-o", "name"))
        .isNotEmpty();
    assertThat(simulator.simulator().platform().live()).hasSize(1);
  }

  /** A reinstallation deletes no instance, also after the CRD was removed. */
  @Test
  void reapplyingAfterACrdDeletionDeletesNoInstance() {
    // Given
    removeEverything();
    // When
    applyEverything();
    startPod();
    awaitReason("CrdIsBeingDeleted");
    // Then
    assertThat(
            user.gets("cwi", "acme", "-o", "jsonpath={.status.conditions[?(@.type==\"Stalled\")]}"))
        .contains("spec.deletionPolicy: Retain", "cloudelements.io/confirm-deletion");
    assertThat(simulator.simulator().journal().count(Route.DELETE_INSTANCE)).isZero();
    assertThat(tenant.account().instance()).isEqualTo(instance);
  }

  /** The way back, as docs/install.md has it. */
  @Test
  void findsRetainedInstancesAfterAReinstallation() {
    // Given
    removeEverything();
    applyEverything();
    startPod();
    awaitReason("CrdIsBeingDeleted");
    // When
    tenant.changes("acme", "{\"deletionPolicy\":\"Retain\"}");
    awaitCrdGone();
    applyEverything();
    tenant.applies(Tenant.helpDesk("acme"));
    if (!pod.isAlive()) {
      startPod();
    }
    awaitReady();
    // Then
    assertThat(tenant.account().instance()).isEqualTo(instance);
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(1);
    assertThat(simulator.simulator().journal().count(Route.DELETE_INSTANCE)).isZero();
    assertThat(user.gets("cwi", "acme", "-o", "jsonpath={.status.instanceId}"))
        .isEqualTo(Long.toString(instance.id()));
  }

  /** The annotation on the CRD confirms that the instances are to be deleted too. */
  @Test
  void aConfirmedDeletionOfTheCrdDeletesTheInstances() {
    // Given
    controlPlane.kubectl("annotate", "crd", CRD, "cloudelements.io/confirm-deletion=true");
    // When
    controlPlane.kubectl("delete", "crd", CRD, "--wait=false");
    awaitCrdGone();
    // Then
    assertThat(simulator.simulator().platform().live()).isEmpty();
  }

  /**
   * Roles of one's own lack the right of a new version: nothing may be lost over it, nor hidden.
   */
  @Test
  void aDeletionWaitsWithoutTheRightToReadTheCrd() {
    // Given
    controlPlane.kubectl(
        "patch",
        "clusterrole",
        HelmRelease.NAME,
        "--type=json",
        "-p",
        "[{\"op\": \"remove\", \"path\": \"/rules/" + indexOfCrdRule() + "\"}]");
    // When
    user.deletes("cwi", "acme");
    awaitReason("DeletionBlocked");
    // Then
    assertThat(
            user.gets("cwi", "acme", "-o", "jsonpath={.status.conditions[?(@.type==\"Stalled\")]}"))
        .contains("may not read the CRD", "docs/security.md");
    assertThat(tenant.account().instance()).isEqualTo(instance);
    controlPlane.kubectl("apply", "--server-side", "--force-conflicts", "-f", INSTALL);
    tenant.requestsReconcile("acme");
    user.runs("wait", "cwi/acme", "--for=delete", "--timeout=60s");
    assertThat(simulator.simulator().platform().live()).isEmpty();
  }

  private int indexOfCrdRule() {
    return client.rbac().clusterRoles().withName(HelmRelease.NAME).require().getRules().stream()
        .map(rule -> rule.getResources())
        .toList()
        .indexOf(List.of("customresourcedefinitions"));
  }

  private static final String VERSIONS =
      "jsonpath={range .items[*]}{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}";
  private static final String DELETION = "{.metadata.deletionTimestamp}";

  private void applyEverything() {
    controlPlane.kubectl("apply", "--server-side", "-f", CRDS, "-f", NAMESPACE);
    controlPlane.kubectl("apply", "--server-side", "-f", INSTALL);
  }

  /** Files of an earlier version contain the CRD. */
  private void removeEverything() {
    controlPlane.kubectl("delete", "--wait=false", "-f", INSTALL, "-f", CRDS);
    pod.terminate();
    await("the API server deletes the resources")
        .atMost(LIMIT)
        .until(() -> !user.gets("cwi", "acme", "-o", "jsonpath=" + DELETION).isEmpty());
  }

  private void startPod() {
    pod = new DeployedOperator(controlPlane, client, simulator, HelmRelease.NAME).startPod();
  }

  private void awaitReady() {
    user.runs("wait", "cwi/acme", "--for=condition=Ready", "--timeout=60s");
  }

  private void awaitReason(String reason) {
    user.runs(
        "wait",
        "cwi/acme",
        "--for=jsonpath={.status.conditions[?(@.type==\"Stalled\")].reason}=" + reason,
        "--timeout=60s");
  }

  private void awaitCrdGone() {
    await("the CRD is gone")
        .atMost(CRD_LIMIT)
        .until(() -> !controlPlane.kubectl("get", "crd", "-o", "name").contains(CRD));
  }
}
