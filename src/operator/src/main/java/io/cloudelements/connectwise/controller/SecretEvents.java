package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One watch on all Secrets' metadata: a change of a Secret that a resource refers to, as
 * credentials, account or token, triggers that resource's reconcile. The reconcile reads the data,
 * of those Secrets alone.
 */
public final class SecretEvents implements SecretVersions {
  /** A list in one answer would hold the metadata of all Secrets of a cluster twice. */
  static final long LIST_LIMIT = 500;

  private static final String BY_CONTROLLER = "controller";
  private static final String KIND = HasMetadata.getKind(ConnectWiseInstance.class);

  private final Optional<KubernetesClient> metadataClient;
  private final PrimaryCache primaries;
  private final RecentWrites recentWrites;
  private final AtomicReference<Consumer<ResourceId>> everyChange = new AtomicReference<>(_ -> {});
  private final AtomicReference<Optional<Source>> watch = new AtomicReference<>(Optional.empty());

  /**
   * @param metadataClient sees metadata only; empty: Secrets may not be listed, and what happens to
   *     one shows at its resource's next reconcile
   */
  public SecretEvents(
      Optional<KubernetesClient> metadataClient,
      PrimaryCache primaries,
      RecentWrites recentWrites) {
    this.metadataClient = metadataClient;
    this.primaries = primaries;
    this.recentWrites = recentWrites;
  }

  List<EventSource<?, ConnectWiseInstance>> sources(
      EventSourceContext<ConnectWiseInstance> context) {
    primaries.attach(context.getPrimaryCache());
    if (metadataClient.isEmpty()) {
      return List.of();
    }
    Source source = new Source(configuration(metadataClient.get()), context);
    recentWrites.onMissedChange(source::tell);
    source.addIndexers(Map.of(BY_CONTROLLER, SecretEvents::controllers));
    watch.set(Optional.of(source));
    return List.of(source);
  }

  /** Sets the listener that is told of every change of any Secret, by its name. */
  public void onEveryChange(Consumer<ResourceId> listener) {
    everyChange.set(listener);
  }

  private void changed(Secret secret) {
    everyChange
        .get()
        .accept(
            new ResourceId(secret.getMetadata().getNamespace(), secret.getMetadata().getName()));
  }

  @Override
  public boolean isSynced() {
    return watch.get().filter(Source::isSynced).isPresent();
  }

  @Override
  public Optional<String> version(ResourceId secret) {
    return watch
        .get()
        .flatMap(source -> source.get(new ResourceID(secret.name(), secret.namespace())))
        .map(found -> found.getMetadata().getResourceVersion());
  }

  @Override
  public Set<String> ownedBy(ConnectWiseInstance resource) {
    String uid = resource.getMetadata().getUid();
    return watch.get().stream()
        .flatMap(source -> source.byIndex(BY_CONTROLLER, uid).stream())
        .map(secret -> secret.getMetadata().getName())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The reconcile that reads the Secret checks the whole reference. */
  private static List<String> controllers(Secret secret) {
    return secret.getMetadata().getOwnerReferences().stream()
        .filter(owner -> KIND.equals(owner.getKind()))
        .map(OwnerReference::getUid)
        .toList();
  }

  private InformerEventSourceConfiguration<Secret> configuration(KubernetesClient client) {
    PrimaryToSecondaryMapper<ConnectWiseInstance> secrets = PrimaryCache::secretsOf;
    return InformerEventSourceConfiguration.from(Secret.class, ConnectWiseInstance.class)
        .withName("secrets")
        .withKubernetesClient(client)
        .withNamespacesInheritedFromController()
        .withInformerListLimit(LIST_LIMIT)
        .withSecondaryToPrimaryMapper(primaries::referringTo)
        .withPrimaryToSecondaryMapper(secrets)
        .withOnAddFilter(recentWrites::isForeign)
        .withOnUpdateFilter((now, _) -> recentWrites.isForeign(now))
        .build();
  }

  /** The framework's event source, to which an event can also be passed. */
  private final class Source extends InformerEventSource<Secret, ConnectWiseInstance> {
    Source(
        InformerEventSourceConfiguration<Secret> configuration,
        EventSourceContext<ConnectWiseInstance> context) {
      super(configuration, context);
    }

    @Override
    public void onAdd(Secret secret) {
      super.onAdd(secret);
      changed(secret);
    }

    @Override
    public void onUpdate(Secret before, Secret now) {
      super.onUpdate(before, now);
      changed(now);
    }

    @Override
    public void onDelete(Secret secret, boolean unseen) {
      super.onDelete(secret, unseen);
      changed(secret);
    }

    boolean isSynced() {
      return informerHealthIndicators().values().stream()
          .allMatch(InformerHealthIndicator::hasSynced);
    }

    void tell(Secret secret) {
      primaries.referringTo(secret).forEach(id -> getEventHandler().handleEvent(new Event(id)));
    }
  }
}
