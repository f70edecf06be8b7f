package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a watch has shown, as a test says. */
public final class FixedSecretVersions implements SecretVersions {
  private final Map<ResourceId, String> versions = new ConcurrentHashMap<>();
  private boolean clear = true;

  public void show(String name, String version) {
    versions.put(new ResourceId("integrations", name), version);
  }

  public void blind() {
    clear = false;
  }

  @Override
  public boolean isSynced() {
    return clear;
  }

  @Override
  public Set<String> ownedBy(ConnectWiseInstance resource) {
    return Set.of();
  }

  @Override
  public Optional<String> version(ResourceId secret) {
    return Optional.ofNullable(versions.get(secret));
  }
}
