package io.cloudelements.connectwise;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * The API server's clients on the operator's own Vert.x. Its usual 8,192 connections would let a
 * burst of reconciles open over a thousand sockets; 32 were measured to be as fast.
 */
final class KubernetesHttpClientFactory extends VertxHttpClientFactory {
  private static final int CONNECTIONS = 32;

  /** For the answer to the closing of a WebSocket, which a dead connection does not bring. */
  private static final int CLOSING_SECONDS = 1;

  KubernetesHttpClientFactory(Vertx vertx, WatchHeartbeat heartbeat) {
    super(heartbeat.around(vertx));
  }

  @Override
  protected void additionalConfig(WebClientOptions options) {
    options
        .setMaxPoolSize(CONNECTIONS)
        .setTryUseCompression(true)
        .setWebSocketClosingTimeout(CLOSING_SECONDS);
  }
}
