package io.cloudelements.connectwise.bench.contender;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;

/**
 * An operator as one writes it after the framework's introduction: all defaults, a blocking POST in
 * the reconcile, the status written by every reconcile, and a look at the service once a minute.
 */
@ControllerConfiguration
public final class TextbookOperator
    implements Reconciler<ConnectWiseInstance>, Cleaner<ConnectWiseInstance> {
  private static final Duration POLL = Duration.ofMinutes(1);

  private final ContenderService service = new ContenderService();

  public static void main(String[] arguments) {
    KubernetesClient client = new KubernetesClientBuilder().build();
    Operator operator = new Operator(settings -> settings.withKubernetesClient(client));
    operator.register(
        new TextbookOperator(),
        settings -> settings.settingNamespace(System.getenv("WATCH_NAMESPACES")));
    operator.start();
  }

  @Override
  public UpdateControl<ConnectWiseInstance> reconcile(
      ConnectWiseInstance resource, Context<ConnectWiseInstance> context) {
    Secret credentials = Objects.credentials(context.getClient(), resource);
    String name = resource.getMetadata().getName();
    Optional<ContenderService.ServedInstance> found =
        recorded(resource).flatMap(id -> service.read(credentials, id));
    ContenderService.ServedInstance instance =
        found.orElseGet(() -> service.create(credentials, name, "textbook"));
    if (found.isEmpty()) {
      context.getClient().resource(Objects.tokenSecret(resource, instance)).serverSideApply();
    }
    ConnectWiseInstance fresh = new ConnectWiseInstance();
    fresh.getMetadata().setName(name);
    fresh.getMetadata().setNamespace(resource.getMetadata().getNamespace());
    fresh.setStatus(Objects.status(Wanted.ready(name, instance.id())));
    return UpdateControl.patchStatus(fresh).rescheduleAfter(POLL);
  }

  @Override
  public DeleteControl cleanup(ConnectWiseInstance resource, Context<ConnectWiseInstance> context) {
    Secret credentials = Objects.credentials(context.getClient(), resource);
    recorded(resource).ifPresent(id -> service.delete(credentials, id));
    return DeleteControl.defaultDelete();
  }

  private static Optional<Long> recorded(ConnectWiseInstance resource) {
    return Optional.ofNullable(resource.getStatus()).map(status -> status.instanceId());
  }
}
