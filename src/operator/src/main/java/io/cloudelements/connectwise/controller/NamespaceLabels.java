package io.cloudelements.connectwise.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The labels of the namespaces, where the operator is allowed to watch them. */
public final class NamespaceLabels implements AutoCloseable {
  private final Optional<KubernetesClient> client;
  private final AtomicReference<Optional<SharedIndexInformer<Namespace>>> watch =
      new AtomicReference<>(Optional.empty());

  /**
   * @param client empty: namespaces may not be watched, and no selector matches one
   */
  public NamespaceLabels(Optional<KubernetesClient> client) {
    this.client = client;
  }

  /**
   * Begins to watch.
   *
   * @param relabelled is told the name of each namespace whose labels changed
   */
  public void start(Consumer<String> relabelled) {
    client.ifPresent(
        api -> watch.set(Optional.of(api.namespaces().inform(new Relabelling(relabelled), 0))));
  }

  /** Empty where namespaces are not watched, or there is none of that name. */
  Optional<Map<String, String>> of(String namespace) {
    return watch
        .get()
        .flatMap(informer -> Optional.ofNullable(informer.getStore().getByKey(namespace)))
        .map(NamespaceLabels::labels);
  }

  @Override
  public void close() {
    watch.get().ifPresent(SharedIndexInformer::close);
  }

  private static Map<String, String> labels(HasMetadata namespace) {
    return Optional.ofNullable(namespace.getMetadata())
        .map(ObjectMeta::getLabels)
        .orElseGet(Map::of);
  }

  private record Relabelling(Consumer<String> relabelled)
      implements ResourceEventHandler<Namespace> {
    @Override
    public void onAdd(Namespace namespace) {
      relabelled.accept(namespace.getMetadata().getName());
    }

    @Override
    public void onUpdate(Namespace before, Namespace now) {
      if (!labels(before).equals(labels(now))) {
        relabelled.accept(now.getMetadata().getName());
      }
    }

    @Override
    public void onDelete(Namespace namespace, boolean unseen) {
      relabelled.accept(namespace.getMetadata().getName());
    }
  }
}
