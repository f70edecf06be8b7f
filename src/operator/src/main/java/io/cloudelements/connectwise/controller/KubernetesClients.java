package io.cloudelements.connectwise.controller;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.time.Duration;

/**
 * The connections to the API server, as {@code KUBECONFIG} or the pod's service account say.
 *
 * @param main for everything, with the client's own retries
 * @param metadata sees metadata only
 * @param once tries once and not for long: for what is asked again anyway, and for events, which
 *     nothing waits for; it shares the connections of {@code main}
 * @param election its calls end long before the Lease does, independently of the others
 */
public record KubernetesClients(
    KubernetesClient main,
    KubernetesClient metadata,
    KubernetesClient once,
    KubernetesClient election)
    implements AutoCloseable {
  /** 25 s altogether, in doubled pauses; a reconcile that fails then is tried again as a whole. */
  private static final int RETRIES = 8;

  /** A watch doubles it up to 32 times: 8 s, where the usual second would leave it deaf for 32. */
  private static final int WATCH_RECONNECT_MILLIS = 250;

  private static final Duration ONCE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(2);

  /**
   * Connects nothing yet: the first call does.
   *
   * @param userAgent begins with our name, which the API server makes the field manager of plain
   *     creations and updates
   */
  public static KubernetesClients open(HttpClient.Factory transport, String userAgent) {
    return open(transport, config(userAgent));
  }

  static KubernetesClients open(HttpClient.Factory transport, Config config) {
    Config impatient =
        new ConfigBuilder(config)
            .withRequestTimeout((int) ELECTION_TIMEOUT.toMillis())
            .withConnectionTimeout((int) ELECTION_TIMEOUT.toMillis())
            .withRequestRetryBackoffLimit(0)
            .build();
    KubernetesSerialization serialization = KubernetesJson.serialization();
    KubernetesClient main = builder(transport, serialization, config).build();
    return new KubernetesClients(
        main,
        builder(transport, MetadataOnly.serialization(), config)
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("metadata-only", new MetadataOnly()))
            .build(),
        main.newClient(
                new RequestConfigBuilder(config.getRequestConfig())
                    .withRequestTimeout((int) ONCE_TIMEOUT.toMillis())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .adapt(KubernetesClient.class),
        builder(transport, serialization, impatient).build());
  }

  private static KubernetesClientBuilder builder(
      HttpClient.Factory transport, KubernetesSerialization serialization, Config config) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(transport)
        .withKubernetesSerialization(serialization)
        .withConfig(config);
  }

  private static Config config(String userAgent) {
    Config config = Config.autoConfigure(null);
    config.setUserAgent(userAgent);
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setWatchReconnectInterval(WATCH_RECONNECT_MILLIS);
    if (config.getCurrentContext() == null) {
      // In a pod: HTTPS_PROXY leads to Cloud Elements, and the API server is a neighbour.
      config.setNoProxy(new String[] {URI.create(config.getMasterUrl()).getHost()});
    }
    return config;
  }

  @Override
  public void close() {
    metadata.close();
    election.close();
    main.close();
  }
}
