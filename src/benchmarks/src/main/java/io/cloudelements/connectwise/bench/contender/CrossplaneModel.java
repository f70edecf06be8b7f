package io.cloudelements.connectwise.bench.contender;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A model of crossplane-runtime's managed reconciler: its sequence of writes, ten workers, a poll
 * every minute. It is not Crossplane, only what it asks of the servers: external name, finalizer,
 * create-pending, POST, create-succeeded, event, connection Secret, status; then a second reconcile
 * that observes and says Ready. Its limit of ten reconciles a second is left out.
 */
public final class CrossplaneModel {
  private static final int WORKERS = 10;
  private static final long POLL_SECONDS = 60;
  private static final String ID = "crossplane.io/external-name";
  private static final String PENDING = "crossplane.io/external-create-pending";
  private static final String SUCCEEDED = "crossplane.io/external-create-succeeded";
  private static final String FINALIZER = "finalizer.managedresource.crossplane.io/model";

  private final ContenderService service = new ContenderService();
  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String namespace = System.getenv("WATCH_NAMESPACES");
  private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(WORKERS);
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<ConnectWiseInstance> informer;

  private CrossplaneModel() {
    informer =
        client
            .resources(ConnectWiseInstance.class)
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConnectWiseInstance resource) {
                    String name = resource.getMetadata().getName();
                    if (known.add(name)) {
                      workers.execute(() -> reconcile(name));
                    }
                  }

                  @Override
                  public void onUpdate(ConnectWiseInstance before, ConnectWiseInstance now) {
                    if (now.isMarkedForDeletion() && !before.isMarkedForDeletion()) {
                      workers.execute(() -> delete(now));
                    }
                  }

                  @Override
                  public void onDelete(ConnectWiseInstance resource, boolean unknown) {
                    known.remove(resource.getMetadata().getName());
                  }
                });
  }

  public static void main(String[] arguments) {
    new CrossplaneModel();
  }

  private void reconcile(String name) {
    try {
      Optional.ofNullable(resource(name).get())
          .filter(found -> !found.isMarkedForDeletion())
          .ifPresent(this::reconcile);
    } catch (RuntimeException e) {
      e.printStackTrace();
      workers.schedule(() -> reconcile(name), 1, TimeUnit.SECONDS);
    }
  }

  private void reconcile(ConnectWiseInstance resource) {
    String name = resource.getMetadata().getName();
    Secret credentials = Objects.credentials(client, resource);
    Optional<ContenderService.ServedInstance> observed =
        annotation(resource, ID)
            .filter(id -> !id.equals(name))
            .flatMap(id -> service.read(credentials, Long.parseLong(id)));
    if (observed.isEmpty()) {
      provision(resource, credentials);
      workers.execute(() -> reconcile(name));
      return;
    }
    // the Secret is compared and found right
    client.secrets().inNamespace(namespace).withName(name + "-token").get();
    writeStatus(resource, Wanted.ready(name, observed.get().id()));
    workers.schedule(() -> reconcile(name), POLL_SECONDS, TimeUnit.SECONDS);
  }

  private void provision(ConnectWiseInstance resource, Secret credentials) {
    String name = resource.getMetadata().getName();
    ConnectWiseInstance now = updated(annotated(resource, ID, name));
    now.getMetadata().getFinalizers().add(FINALIZER);
    now = updated(now);
    now = updated(annotated(now, PENDING, Instant.now().toString()));
    ContenderService.ServedInstance created = service.create(credentials, name, "crossplane");
    annotated(now, ID, Long.toString(created.id()));
    now = updated(annotated(now, SUCCEEDED, Instant.now().toString()));
    client.resource(Objects.event(now, "crossplane-model")).create();
    client.resource(Objects.tokenSecret(now, created)).create();
    writeStatus(now, Wanted.intent());
  }

  private void delete(ConnectWiseInstance seen) {
    try {
      Secret credentials = Objects.credentials(client, seen);
      annotation(seen, ID)
          .filter(id -> !id.equals(seen.getMetadata().getName()))
          .ifPresent(id -> service.delete(credentials, Long.parseLong(id)));
      edit(
          seen.getMetadata().getName(),
          now -> {
            now.setStatus(Objects.status(Wanted.intent()));
            return now;
          });
      resource(seen.getMetadata().getName())
          .edit(now -> {
            now.getMetadata().getFinalizers().remove(FINALIZER);
            return now;
          });
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        e.printStackTrace();
        workers.schedule(() -> delete(seen), 1, TimeUnit.SECONDS);
      }
    }
  }

  private void edit(String name, UnaryOperator<ConnectWiseInstance> change) {
    resource(name).editStatus(change);
  }

  private ConnectWiseInstance updated(ConnectWiseInstance resource) {
    return client.resource(resource).update();
  }

  private void writeStatus(ConnectWiseInstance resource, Map<String, Object> status) {
    resource.setStatus(Objects.status(status));
    client.resource(resource).updateStatus();
  }

  private Resource<ConnectWiseInstance> resource(String name) {
    return client.resources(ConnectWiseInstance.class).inNamespace(namespace).withName(name);
  }

  private static ConnectWiseInstance annotated(
      ConnectWiseInstance resource, String key, String value) {
    resource.getMetadata().getAnnotations().put(key, value);
    return resource;
  }

  private static Optional<String> annotation(ConnectWiseInstance resource, String key) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations().get(key));
  }
}
