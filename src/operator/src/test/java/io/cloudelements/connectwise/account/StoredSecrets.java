package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The Secrets of a cluster, of which no version is seen without a read. */
public final class StoredSecrets implements AccountKeyring.SecretSource {
  private final Map<ResourceId, Secret> secrets = new HashMap<>();

  public void put(ResourceId name, Secret secret) {
    secrets.put(name, secret);
  }

  public void remove(ResourceId name) {
    secrets.remove(name);
  }

  @Override
  public Optional<Secret> read(ResourceId secret) {
    return Optional.ofNullable(secrets.get(secret));
  }

  @Override
  public Optional<String> version(ResourceId secret) {
    return Optional.empty();
  }
}
