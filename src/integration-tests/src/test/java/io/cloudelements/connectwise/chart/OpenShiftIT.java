package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The chart in a cluster with OpenShift's API: found by discovery, as {@code helm install} does.
 */
@RealCluster
class OpenShiftIT {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: securitycontextconstraints.security.openshift.io}
      spec:
        group: security.openshift.io
        scope: Cluster
        names: {kind: SecurityContextConstraints, plural: securitycontextconstraints}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  @BeforeEach
  void becomeOpenShift(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(DEFINITION, "apply", "-f", "-");
    controlPlane.kubectl(
        "wait",
        "--for=condition=Established",
        "crd/securitycontextconstraints.security.openshift.io");
  }

  @AfterEach
  void becomePlainAgain(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(DEFINITION, "delete", "-f", "-");
  }

  /** No pod with an id outside of its namespace's range starts there. */
  @Test
  void defaultValuesFixNoId(ClusterUser user) {
    // Given
    InstallCommand release = release(user);
    // When
    release.call();
    // Then
    assertThat(ids(user)).isEqualTo(",,");
  }

  /** A cluster with its own policy for these ids is configured so. */
  @Test
  void idsMayBeKept(ClusterUser user) {
    // Given
    InstallCommand release = release(user).set("adaptSecurityContext", "disabled");
    // When
    release.call();
    // Then
    assertThat(ids(user)).isEqualTo("65532,65532,");
  }

  /** In that user's namespace, without what is the cluster's. */
  private static InstallCommand release(ClusterUser user) {
    return new Helm(Chart.FOLDER)
        .install()
        .withName("connectwise-operator")
        .withNamespace(user.namespace())
        .withKubeConfig(user.kubectl().kubeconfig())
        .set("crds.install", false)
        .set("rbac.create", false)
        .set("rbac.aggregate", false)
        .set("rbac.serviceBinding", false);
  }

  private static String ids(ClusterUser user) {
    return user.gets(
        "deployment",
        "connectwise-operator",
        "--output=jsonpath={range .spec.template.spec.securityContext}"
            + "{.runAsUser},{.runAsGroup},{.fsGroup}{end}");
  }
}
