package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Rare answers of a cluster: an expired version, and a forbidden read. */
class KubernetesUserClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final AnsweringApiServer server = AnsweringApiServer.start();
  @TempDir private Path directory;
  private KubernetesUserCluster cluster;

  @BeforeEach
  void open() throws IOException {
    cluster =
        KubernetesUserCluster.open(
            CommandLine.populateCommand(
                new ClusterOptions(), "--kubeconfig=" + server.kubeconfig(directory)),
            "test");
  }

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  private static ConnectWiseInstance seen(int version) {
    ConnectWiseInstance resource = new ConnectWiseInstance();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("integrations")
            .withName("acme")
            .withResourceVersion(Integer.toString(version))
            .build());
    return resource;
  }

  /** The version of a resource that has not changed for hours is older than the watch cache. */
  @Test
  void awaitsAChangeOfAResourceWhoseVersionIsForgotten() {
    // Given
    server.has(7).watchesBring(101);
    // When
    boolean changed = cluster.awaitChange(seen(7), PATIENCE);
    // Then
    assertThat(changed).isTrue();
    assertThat(server.asked()).containsExactly("list", "watch 100");
  }

  /** Nothing has changed only because a watch has ended. */
  @Test
  void listsAgainWhereAWatchHasEnded() {
    // Given
    server.has(7).watchesBring(0, 101);
    // When
    boolean changed = cluster.awaitChange(seen(7), PATIENCE);
    // Then
    assertThat(changed).isTrue();
    assertThat(server.asked()).containsExactly("list", "watch 100", "list", "watch 100");
  }

  /** A server that ends every watch must not be asked without end. */
  @Test
  void pausesBeforeItListsAgain() {
    // Given
    server.has(7);
    // When
    boolean changed = cluster.awaitChange(seen(7), Duration.ofMillis(1_500));
    // Then
    assertThat(changed).isFalse();
    assertThat(server.asked()).startsWith("list", "watch 100").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void noticesAChangeBeforeTheWatch() {
    // Given
    server.has(8);
    // When
    boolean changed = cluster.awaitChange(seen(7), PATIENCE);
    // Then
    assertThat(changed).isTrue();
    assertThat(server.asked()).containsExactly("list");
  }

  @Test
  void noticesADeletionBeforeTheWatch() {
    // When
    boolean changed = cluster.awaitChange(seen(7), PATIENCE);
    // Then
    assertThat(changed).isTrue();
  }

  @Test
  void aVersionThatMayNotBeReadIsNoFailure() {
    // When
    ClusterRead<String> version = cluster.serverVersion();
    // Then
    assertThat(version).isEqualTo(new ClusterRead.Denied<String>());
  }
}
