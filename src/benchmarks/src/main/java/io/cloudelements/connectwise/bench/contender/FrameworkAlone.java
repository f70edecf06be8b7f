package io.cloudelements.connectwise.bench.contender;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The floor's writes and calls by the libraries that the operator is built on, and nothing else: no
 * watch on Secrets, no priorities, no redaction, no metrics, no care for failures. Its cost above
 * the floor is that of the libraries; the operator's cost above it is the operator's own.
 */
public final class FrameworkAlone implements Reconciler<ConnectWiseInstance> {
  private static final int AT_A_TIME = 16;
  private static final int CONNECTIONS = 32;
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("framework")
          .withForce(true)
          .build();

  private final ContenderService service = new ContenderService();
  private final Semaphore places = new Semaphore(AT_A_TIME);

  public static void main(String[] arguments) {
    KubernetesClient client =
        new KubernetesClientBuilder().withHttpClientFactory(new Transport()).build();
    Operator operator =
        new Operator(settings ->
            settings
                .withKubernetesClient(client)
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor()));
    operator.register(
        new FrameworkAlone(),
        settings -> settings.settingNamespace(System.getenv("WATCH_NAMESPACES")));
    operator.start();
  }

  @Override
  public UpdateControl<ConnectWiseInstance> reconcile(
      ConnectWiseInstance resource, Context<ConnectWiseInstance> context) {
    places.acquireUninterruptibly();
    try {
      create(resource, context.getClient());
    } finally {
      places.release();
    }
    return UpdateControl.noUpdate();
  }

  private void create(ConnectWiseInstance resource, KubernetesClient client) {
    String name = resource.getMetadata().getName();
    Secret credentials = Objects.credentials(client, resource);
    ConnectWiseInstance withFinalizer = fresh(resource);
    withFinalizer.getMetadata().setFinalizers(List.of("cloudelements.io/framework"));
    ConnectWiseInstance now = client.resource(withFinalizer).patch(APPLY);
    now = writeStatus(client, now, Wanted.intent());
    service.find(credentials, name);
    ContenderService.ServedInstance created = service.create(credentials, name, name);
    client.resource(Objects.tokenSecret(now, created)).create();
    now = writeStatus(client, now, Wanted.ready(name, created.id()));
    client.resource(Objects.event(now, "framework")).create();
  }

  private static ConnectWiseInstance writeStatus(
      KubernetesClient client, ConnectWiseInstance resource, Map<String, Object> status) {
    ConnectWiseInstance fresh = fresh(resource);
    fresh.setStatus(Objects.status(status));
    return client.resource(fresh).subresource("status").patch(APPLY);
  }

  private static ConnectWiseInstance fresh(ConnectWiseInstance resource) {
    ConnectWiseInstance fresh = new ConnectWiseInstance();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .withUid(resource.getMetadata().getUid())
            .withResourceVersion(resource.getMetadata().getResourceVersion())
            .build());
    return fresh;
  }

  /** As many connections as the operator has. */
  private static final class Transport extends VertxHttpClientFactory {
    @Override
    protected void additionalConfig(WebClientOptions options) {
      options.setMaxPoolSize(CONNECTIONS);
    }
  }
}
