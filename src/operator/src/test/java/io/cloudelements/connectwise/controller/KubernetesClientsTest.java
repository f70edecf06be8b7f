package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often each client asks an API server that has trouble. */
@EnableKubernetesMockClient
class KubernetesClientsTest {
  private static final String PATH = "/api/v1/namespaces/integrations/configmaps/acme";

  private final Vertx vertx = Vertx.vertx();
  private KubernetesMockServer server;
  private KubernetesClient given;
  private KubernetesClients clients;

  @BeforeEach
  void open() {
    Config config = given.getConfiguration();
    config.setRequestRetryBackoffLimit(2);
    config.setRequestRetryBackoffInterval(1);
    clients = KubernetesClients.open(new VertxHttpClientFactory(vertx), config);
  }

  @AfterEach
  void close() {
    clients.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void mainClientRetries() {
    // Given
    server.expect().get().withPath(PATH).andReturn(503, "not now").times(2);
    ConfigMap expected =
        new ConfigMapBuilder().withNewMetadata().withName("acme").endMetadata().build();
    server.expect().get().withPath(PATH).andReturn(200, expected).once();
    // When
    ConfigMap found = read(clients.main());
    // Then
    assertThat(found.getMetadata().getName()).isEqualTo("acme");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  /** Events are best effort, and elections and the queue repeat their calls by themselves. */
  @Test
  void otherClientsDoNotRetry() {
    // Given
    server.expect().get().withPath(PATH).andReturn(503, "not now").always();
    // When, then
    assertThatThrownBy(() -> read(clients.once())).isInstanceOf(KubernetesClientException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThatThrownBy(() -> read(clients.election()))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  private static ConfigMap read(KubernetesClient client) {
    return client.configMaps().inNamespace("integrations").withName("acme").get();
  }
}
