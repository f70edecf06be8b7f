package io.cloudelements.connectwise.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.time.Duration;

/**
 * The connections to the API server, as {@code KUBECONFIG} or the pod's service account say.
 *
 * @param main for everything, with the client's own retries
 * @param metadata sees metadata only
 * @param events tries once and not for long: nothing waits for an event
 * @param election its calls end long before the Lease does, whatever the others do
 */
public record KubernetesClients(
    KubernetesClient main,
    KubernetesClient metadata,
    KubernetesClient events,
    KubernetesClient election)
    implements AutoCloseable {
  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(2);

  /**
   * @param userAgent begins with our name, which the API server makes the field manager of plain
   *     creations and updates
   */
  public static KubernetesClients open(HttpClient.Factory transport, String userAgent) {
    return new KubernetesClients(
        builder(transport, config(userAgent)).build(),
        builder(transport, config(userAgent))
            .withKubernetesSerialization(MetadataOnly.serialization())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("metadata-only", new MetadataOnly()))
            .build(),
        builder(transport, once(userAgent, EVENT_TIMEOUT)).build(),
        builder(transport, once(userAgent, ELECTION_TIMEOUT)).build());
  }

  private static KubernetesClientBuilder builder(HttpClient.Factory transport, Config config) {
    return new KubernetesClientBuilder().withHttpClientFactory(transport).withConfig(config);
  }

  private static Config config(String userAgent) {
    Config config = Config.autoConfigure(null);
    config.setUserAgent(userAgent);
    return config;
  }

  private static Config once(String userAgent, Duration timeout) {
    return new ConfigBuilder(config(userAgent))
        .withRequestTimeout((int) timeout.toMillis())
        .withConnectionTimeout((int) timeout.toMillis())
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  @Override
  public void close() {
    metadata.close();
    events.close();
    election.close();
    main.close();
  }
}
