package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.Snapshot;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what a pass begins with: the resource, and the Secrets it refers to, read from the API
 * server in that moment. No other Secret is ever read.
 */
public final class SnapshotReader {
  private final KubernetesClient client;
  private final OwnWrites ownWrites;

  public SnapshotReader(KubernetesClient client, OwnWrites ownWrites) {
    this.client = client;
    this.ownWrites = ownWrites;
  }

  /**
   * The cached resource, unless this process wrote it since and the watch lags behind: then what
   * the API server has.
   *
   * @return empty when it is gone
   */
  Optional<ConnectWiseInstance> current(ConnectWiseInstance cached) {
    return ownWrites.newerThan(cached).isPresent() ? latest(cached) : Optional.of(cached);
  }

  /** What the API server has, if it is still the same resource. */
  Optional<ConnectWiseInstance> latest(ConnectWiseInstance known) {
    return Optional.ofNullable(client.resource(known).get())
        .filter(found -> known.getMetadata().getUid().equals(found.getMetadata().getUid()));
  }

  Snapshot gather(
      ConnectWiseInstance resource,
      Optional<CredentialsResult.Complete> lastKnown,
      int failuresSoFar,
      Optional<Duration> nextLook) {
    Map<String, Secret> secrets = new HashMap<>();
    String namespace = resource.getMetadata().getNamespace();
    for (String name : Snapshot.secretNames(resource)) {
      ownWrites.secretIsRead(new ResourceId(namespace, name));
      Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
          .ifPresent(secret -> secrets.put(name, secret));
    }
    return new Snapshot(resource, secrets, lastKnown, failuresSoFar, nextLook);
  }
}
