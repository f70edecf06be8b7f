package io.cloudelements.connectwise.bench;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionTimeoutException;

/** Sees on one watch when each resource of a namespace became Ready, or went. */
final class ReadyWatch implements AutoCloseable {
  private final Map<String, Long> ready = new ConcurrentHashMap<>();
  private final Set<String> present = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<ConnectWiseInstance> informer;
  private volatile long lastChange = System.nanoTime();

  ReadyWatch(KubernetesClient client, String namespace) {
    this.informer =
        client
            .resources(ConnectWiseInstance.class)
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConnectWiseInstance resource) {
                    see(resource);
                  }

                  @Override
                  public void onUpdate(ConnectWiseInstance before, ConnectWiseInstance now) {
                    see(now);
                  }

                  @Override
                  public void onDelete(ConnectWiseInstance resource, boolean unknown) {
                    present.remove(resource.getMetadata().getName());
                    ready.remove(resource.getMetadata().getName());
                    lastChange = System.nanoTime();
                  }
                });
  }

  private void see(ConnectWiseInstance resource) {
    String name = resource.getMetadata().getName();
    present.add(name);
    if (isReady(resource) && !ready.containsKey(name)) {
      lastChange = System.nanoTime();
      ready.put(name, lastChange);
    }
  }

  private static boolean isReady(ConnectWiseInstance resource) {
    return resource.getStatus() != null
        && resource.getStatus().conditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /** Waits until so many are Ready; {@link System#nanoTime} of the last of them. */
  long awaitReady(int count, Duration limit) {
    return awaitReady(count, limit, () -> {});
  }

  /** The same, as long as the process that makes them Ready is alive. */
  long awaitReady(int count, Duration limit, Runnable requireAlive) {
    try {
      Limits.await(
          count + " resources are Ready",
          limit,
          Duration.ofMillis(10),
          () -> {
            requireAlive.run();
            return ready.size() >= count;
          });
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(
          "%d of %d were Ready after %s".formatted(ready.size(), count, limit), e);
    }
    return lastChange;
  }

  /** Waits until that one is Ready; {@link System#nanoTime} of it. */
  long awaitReady(String name, Duration limit) {
    Limits.await(name + " is Ready", limit, Duration.ofMillis(5), () -> ready.containsKey(name));
    return ready.get(name);
  }

  /** Waits until none is left; {@link System#nanoTime} of it. */
  long awaitNone(Duration limit) {
    Limits.await("no resource is left", limit, Duration.ofMillis(10), present::isEmpty);
    return lastChange;
  }

  long awaitGone(String name, Duration limit) {
    Limits.await(name + " is gone", limit, Duration.ofMillis(5), () -> !present.contains(name));
    return System.nanoTime();
  }

  @Override
  public void close() {
    informer.close();
  }
}
