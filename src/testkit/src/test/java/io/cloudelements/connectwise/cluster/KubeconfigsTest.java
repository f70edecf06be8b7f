package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A context of a person's kubeconfig, and no other, is what the demo works with. */
class KubeconfigsTest {

  private static final String FIRST =
      """
      {apiVersion: v1, kind: Config, current-context: production,
       clusters: [{name: production, cluster: {server: "https://production.example.com"}}],
       users: [{name: me, user: {token: first}}],
       contexts: [{name: production, context: {cluster: production, user: me}},
                  {name: kind-dev, context: {cluster: kind-dev, user: me}}]}
      """;
  private static final String SECOND =
      """
      {apiVersion: v1, kind: Config,
       clusters: [{name: kind-dev, cluster: {server: "https://127.0.0.1:6443", certificate-authority: ca.crt}}],
       users: [{name: me, user: {token: second}}]}
      """;

  @TempDir private Path home;

  private Kubeconfigs kubeconfigs;

  @BeforeEach
  void twoFiles() throws IOException {
    Path first = Files.writeString(home.resolve("first"), FIRST);
    Path second =
        Files.writeString(Files.createDirectory(home.resolve("kind")).resolve("second"), SECOND);
    String files = String.join(File.pathSeparator, first.toString(), "/no/such", second.toString());
    kubeconfigs = Kubeconfigs.of(Map.of("KUBECONFIG", files), home);
  }

  /** The current context is another cluster: nothing may ever go there. */
  @Test
  void onlyTheNamedContextIsWritten() throws IOException {
    // When
    Path written = kubeconfigs.write("kind-dev", home.resolve("written"));
    // Then
    Config config = Config.fromKubeconfig(written.toFile());
    assertThat(config.getCurrentContext().getName()).isEqualTo("kind-dev");
    assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:6443/");
    assertThat(Files.readString(written)).doesNotContain("production");
  }

  /** As for kubectl; the other user of that name belongs to another file's clusters. */
  @Test
  void theFirstEntryOfANameCounts() {
    // When
    Path written = kubeconfigs.write("kind-dev", home.resolve("written"));
    // Then
    assertThat(Config.fromKubeconfig(written.toFile()).getAutoOAuthToken()).isEqualTo("first");
  }

  /** The copy is in another directory than what its paths are relative to. */
  @Test
  void pathsStayValid() {
    // When
    Path written = kubeconfigs.write("kind-dev", home.resolve("written"));
    // Then
    assertThat(Config.fromKubeconfig(written.toFile()).getCaCertFile())
        .isEqualTo(home.resolve("kind").resolve("ca.crt").toString());
  }

  /** It holds what the person's own file holds. */
  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    // When
    Path written = kubeconfigs.write("kind-dev", home.resolve("written"));
    // Then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
        .isEqualTo("rw-------");
  }

  @Test
  void anUnknownContextIsRefusedWithThoseThatExist() {
    assertThatThrownBy(() -> kubeconfigs.write("kind", home.resolve("written")))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessage("There is no context kind. There are: production, kind-dev.");
  }

  /** Where the variable is not set. */
  @Test
  void theFileInTheHomeDirectoryIsTheDefault() throws IOException {
    // Given
    Files.writeString(
        Files.createDirectory(home.resolve(".kube")).resolve("config"),
        FIRST.replace("kind-dev", "k3d-dev"));
    // When
    Kubeconfigs found = Kubeconfigs.of(Map.of(), home);
    // Then
    assertThat(found.write("k3d-dev", home.resolve("written"))).exists();
  }
}
