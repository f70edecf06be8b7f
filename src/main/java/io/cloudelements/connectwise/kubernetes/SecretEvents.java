package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;

/**
 * One watch on all Secrets' metadata: whatever happens to a Secret that a resource refers to, as
 * credentials, account or token, brings that resource's next pass. What a Secret holds is read by
 * the pass, from those Secrets alone.
 */
public final class SecretEvents {
  /** A list in one answer would hold the metadata of all Secrets of a cluster twice. */
  static final long LIST_LIMIT = 500;

  private final KubernetesClient metadataClient;
  private final PrimaryCache primaries;
  private final OwnWrites ownWrites;

  /**
   * @param metadataClient sees metadata only
   */
  public SecretEvents(
      KubernetesClient metadataClient, PrimaryCache primaries, OwnWrites ownWrites) {
    this.metadataClient = metadataClient;
    this.primaries = primaries;
    this.ownWrites = ownWrites;
  }

  List<EventSource<?, ConnectWiseInstance>> sources(
      EventSourceContext<ConnectWiseInstance> context) {
    primaries.attach(context.getPrimaryCache());
    PrimaryToSecondaryMapper<ConnectWiseInstance> secrets = PrimaryCache::secretsOf;
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Secret.class, ConnectWiseInstance.class)
                .withName("secrets")
                .withKubernetesClient(metadataClient)
                .withNamespacesInheritedFromController()
                .withInformerListLimit(LIST_LIMIT)
                .withSecondaryToPrimaryMapper(primaries::referringTo)
                .withPrimaryToSecondaryMapper(secrets)
                .withOnAddFilter(this::isNews)
                .withOnUpdateFilter((now, _) -> isNews(now))
                .build(),
            context));
  }

  private boolean isNews(Secret secret) {
    return !ownWrites.isSecretVersion(secret.getMetadata().getResourceVersion());
  }
}
