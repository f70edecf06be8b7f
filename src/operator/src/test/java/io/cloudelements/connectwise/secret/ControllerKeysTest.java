package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which labels and annotations other controllers act on a Secret. */
class ControllerKeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "argocd.argoproj.io/secret-type",
        "replicator.v1.mittwald.de/replicate-to",
        "reflector.v1.k8s.emberstack.com/reflection-allowed",
        "kubed.appscode.com/sync",
        "clusterctl.cluster.x-k8s.io/move",
        "propagate.hnc.x-k8s.io/treeSelect",
        "cert-manager.io/certificate-name",
        "controller.cert-manager.io/fao",
        "kubernetes.io/service-account.name"
      })
  void findsAKeyAmongLabelsAndAnnotations(String key) {
    // Given
    TokenSecretTemplate asLabel =
        new TokenSecretTemplate("token", Map.of(key, "x"), Map.of(), Map.of());
    TokenSecretTemplate asAnnotation =
        new TokenSecretTemplate("token", Map.of(), Map.of(key, "x"), Map.of());
    // When
    List<Optional<String>> found =
        List.of(ControllerKeys.wanted(asLabel), ControllerKeys.wanted(asAnnotation));
    // Then
    assertThat(found).containsOnly(Optional.of(key));
  }

  /** A pattern that is too wide would refuse what users label every object with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.kubernetes.io/instance",
        "team",
        "reconcile.fluxcd.io/watch",
        "reloader.stakater.com/match",
        "mycert-manager.io/x",
        "argocd.argoproj.io/compare-options"
      })
  void allowsOtherKeys(String key) {
    // Given
    TokenSecretTemplate template =
        new TokenSecretTemplate("token", Map.of(key, "x", "owner", "team-a"), Map.of(), Map.of());
    // When
    Optional<String> found = ControllerKeys.wanted(template);
    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void findsTheLabelOfHelmReleases() {
    // Given
    TokenSecretTemplate template =
        new TokenSecretTemplate("token", Map.of("owner", "helm"), Map.of(), Map.of());
    // When
    Optional<String> found = ControllerKeys.wanted(template);
    // Then
    assertThat(found).contains("owner");
  }
}
