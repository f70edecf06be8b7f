package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.why.PodSecrets;
import io.cloudelements.connectwise.why.WorkloadUse;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods are written by the client's own types, as an API server answers them. */
class PodReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "acme-token";

  static Stream<Arguments> references() {
    return Stream.of(
        Arguments.of(
            "volume",
            spec(new PodBuilder())
                .addNewVolume()
                .withNewSecret()
                .withSecretName(SECRET)
                .endSecret()
                .endVolume()
                .endSpec()
                .build()),
        Arguments.of(
            "projected volume",
            spec(new PodBuilder())
                .addNewVolume()
                .withNewProjected()
                .addNewSource()
                .withNewSecret()
                .withName(SECRET)
                .endSecret()
                .endSource()
                .endProjected()
                .endVolume()
                .endSpec()
                .build()),
        Arguments.of(
            "envFrom",
            spec(new PodBuilder())
                .addNewContainer()
                .addNewEnvFrom()
                .withNewSecretRef()
                .withName(SECRET)
                .endSecretRef()
                .endEnvFrom()
                .endContainer()
                .endSpec()
                .build()),
        Arguments.of(
            "env of an init container",
            spec(new PodBuilder())
                .addNewInitContainer()
                .addNewEnv()
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(SECRET)
                .endSecretKeyRef()
                .endValueFrom()
                .endEnv()
                .endInitContainer()
                .endSpec()
                .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("references")
  void everyWayToReferToASecretCounts(String way, Pod pod) {
    assertThat(WorkloadUse.of(List.of(read(pod)), SECRET))
        .containsExactly(new WorkloadUse("Pod help-desk", 1, Optional.empty()));
    assertThat(WorkloadUse.of(List.of(read(pod)), "another")).isEmpty();
  }

  @Test
  void podsOfADeploymentCountAsOneWorkload() {
    // Given
    List<PodSecrets> pods = List.of(read(replica("a")), read(replica("b")));
    // When
    List<WorkloadUse> uses = WorkloadUse.of(pods, SECRET);
    // Then
    assertThat(uses)
        .containsExactly(
            new WorkloadUse(
                "Deployment help-desk", 2, Optional.of("secret \"acme-token\" not found")));
  }

  private static Pod replica(String suffix) {
    return new PodBuilder(((Pod) references().findFirst().orElseThrow().get()[1]))
        .editMetadata()
        .withName("help-desk-5d4f-" + suffix)
        .addToLabels("pod-template-hash", "5d4f")
        .addNewOwnerReference()
        .withKind("ReplicaSet")
        .withName("help-desk-5d4f")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withNewState()
        .withNewWaiting()
        .withReason("CreateContainerConfigError")
        .withMessage("secret \"acme-token\" not found")
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static PodFluent<PodBuilder>.SpecNested<PodBuilder> spec(PodBuilder pod) {
    return pod.withNewMetadata().withName("help-desk").endMetadata().withNewSpec();
  }

  private static PodSecrets read(Pod pod) {
    return PodReader.read(JSON.valueToTree(pod));
  }
}
