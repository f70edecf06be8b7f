package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The next change of a resource, or its deletion. A watch begins with the version of a list: the
 * one of a resource that has not changed for long is older than what the API server remembers.
 *
 * @param seen as it was read last
 */
record KubernetesResourceChange(KubernetesClient client, ConnectWiseInstance seen) {
  /** A server that ends every watch is not asked without end. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What a watch came to. */
  private enum WatchOutcome {
    CHANGED,
    /** Something may have been missed. */
    ENDED
  }

  private record KubernetesChangeWatcher(BlockingQueue<WatchOutcome> outcomes)
      implements Watcher<ConnectWiseInstance> {
    @Override
    public void eventReceived(Action action, ConnectWiseInstance resource) {
      if (action != Action.BOOKMARK) {
        outcomes.offer(WatchOutcome.CHANGED);
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      outcomes.offer(WatchOutcome.ENDED);
    }
  }

  /**
   * @return whether it came within the limit
   */
  boolean within(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      KubernetesResourceList<ConnectWiseInstance> listed = list();
      if (!versions(listed).equals(List.of(seen.getMetadata().getResourceVersion()))) {
        return true;
      }
      Optional<WatchOutcome> outcome =
          watched(listed.getMetadata().getResourceVersion(), end - System.nanoTime());
      if (!outcome.equals(Optional.of(WatchOutcome.ENDED))) {
        return outcome.isPresent();
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(PAUSE.toNanos(), end - System.nanoTime()));
      if (System.nanoTime() >= end) {
        return false;
      }
    }
  }

  private KubernetesResourceList<ConnectWiseInstance> list() {
    return KubernetesUserCluster.read(client, () -> selected().list())
        .orFail(
            "You may not list ConnectWiseInstances of namespace "
                + SpecDefaults.id(seen).namespace()
                + ", by which changes are noticed.");
  }

  private static List<String> versions(KubernetesResourceList<ConnectWiseInstance> listed) {
    return listed.getItems().stream()
        .map(resource -> resource.getMetadata().getResourceVersion())
        .toList();
  }

  private Optional<WatchOutcome> watched(String since, long nanos) throws InterruptedException {
    BlockingQueue<WatchOutcome> outcomes = new ArrayBlockingQueue<>(1);
    try (Watch _ =
        selected()
            .watch(
                new ListOptionsBuilder().withResourceVersion(since).build(),
                new KubernetesChangeWatcher(outcomes))) {
      return Optional.ofNullable(outcomes.poll(nanos, TimeUnit.NANOSECONDS));
    }
  }

  private FilterWatchListDeletable<
          ConnectWiseInstance,
          KubernetesResourceList<ConnectWiseInstance>,
          Resource<ConnectWiseInstance>>
      selected() {
    ResourceId name = SpecDefaults.id(seen);
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(name.namespace())
        .withField("metadata.name", name.name());
  }
}
