package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** The Secrets among manifests; one that is in no file has stand-ins for values. */
final class PlannedSecrets {
  private final Map<ResourceId, Secret> found = new HashMap<>();

  /**
   * @param namespace of manifests that name none
   */
  PlannedSecrets(List<Manifest> manifests, String namespace) {
    manifests.stream()
        .filter(Manifest::isSecret)
        .forEach(secret -> found.put(secret.id(namespace), SecretManifests.stored(secret)));
  }

  /**
   * The Secret of that name.
   *
   * @param keys that it needs
   * @param further what else a Secret that is in no file must have
   * @param notes take up that it is needed
   */
  Secret get(ResourceId id, SortedSet<String> keys, String further, List<String> notes) {
    Secret secret = found.get(id);
    if (secret != null) {
      return secret;
    }
    notes.add("needs Secret " + id + " with the keys " + String.join(", ", keys) + further);
    return standIn(id, keys);
  }

  private static Secret standIn(ResourceId id, SortedSet<String> keys) {
    Map<String, String> data = new HashMap<>();
    keys.forEach(key -> data.put(key, SecretManifests.encoded(placeholder(key, id.name()))));
    return new SecretBuilder()
        .withNewMetadata()
        .withName(id.name())
        .addToLabels(SecretContent.ADDRESS_FROM_SPEC, "true")
        .endMetadata()
        .withData(data)
        .build();
  }

  /** The account's secrets are no part of the request, and no header may have a space in them. */
  private static String placeholder(String key, String secret) {
    return CredentialsReader.ACCOUNT_KEYS.contains(key)
        ? key
        : "<" + key + " of Secret " + secret + ">";
  }
}
