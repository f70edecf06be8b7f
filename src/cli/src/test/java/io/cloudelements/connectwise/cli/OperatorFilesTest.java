package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a support archive, which people send away, tells of the operator's settings. */
class OperatorFilesTest {
  /** An operator with one environment variable. */
  private record Installed(String variable, String value) implements InstalledOperator {
    @Override
    public String namespace() {
      return "connectwise-operator";
    }

    @Override
    public ClusterRead<List<Deployment>> deployments() {
      return new ClusterRead.Seen<>(
          List.of(
              new DeploymentBuilder()
                  .withNewSpec()
                  .withNewTemplate()
                  .withNewSpec()
                  .addNewContainer()
                  .withName("operator")
                  .addNewEnv()
                  .withName(variable)
                  .withValue(value)
                  .endEnv()
                  .endContainer()
                  .endSpec()
                  .endTemplate()
                  .endSpec()
                  .build()));
    }

    @Override
    public ClusterRead<List<Pod>> pods() {
      return new ClusterRead.Seen<>(List.of());
    }

    @Override
    public ClusterRead<String> log(Pod pod, int lines) {
      return new ClusterRead.Denied<>();
    }

    @Override
    public <T> T forwarded(Pod pod, int port, Function<URI, T> work) {
      throw new AssertionError("a port was forwarded");
    }
  }

  private static String settings(String variable, String value) {
    return new OperatorFiles(new Installed(variable, value)).settings();
  }

  /** A proxy is often written without a scheme, and a password has any character. */
  @ParameterizedTest
  @CsvSource({
    "me:hunter2@proxy:3128, ********@proxy:3128",
    "http://me:hunter2@proxy:3128, http://********@proxy:3128",
    "http://me:p@ss/word@proxy:3128, http://********@proxy:3128",
    "me:p@ss/word@proxy:3128, ********@proxy:3128",
    "http://proxy:3128, http://proxy:3128",
  })
  void hidesWhatOpensAProxy(String value, String shown) {
    // When
    String settings = settings("HTTPS_PROXY", value);
    // Then
    assertThat(settings).isEqualTo("HTTPS_PROXY=" + shown + "\n");
  }

  @Test
  void showsASettingThatHidesNothing() {
    // Given
    String urls = "https://api.example.com,https://*.example.org";
    // When
    String settings = settings("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", urls);
    // Then
    assertThat(settings).isEqualTo("CLOUD_ELEMENTS_ALLOWED_BASE_URLS=" + urls + "\n");
  }
}
