package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The manifest under which an instance that exists is kept as it is.
 *
 * @param content acceptable to the API server, unless {@code refusals} says otherwise
 * @param secretEntries configuration entries that only the credentials Secret may have: secrets and
 *     addresses. Each by its key, with its value where that is no secret
 */
record InstanceManifest(
    ObjectNode content, SortedMap<String, Optional<String>> secretEntries, List<String> refusals) {
  /** Counted by the service itself; it must not be sent (contract §9). */
  private static final String SERVICE_OWN = "event.notification.subscription.id";

  /** No user name, query or fragment, in which a callback address may have a secret. */
  private static final Pattern PLAIN_ADDRESS = Pattern.compile("[^@?#]*");

  static InstanceManifest of(
      RemoteInstance instance,
      Element element,
      String name,
      ExportSettings settings,
      CustomResourceSchema schema) {
    ObjectNode manifest = empty(name, settings);
    ObjectNode spec = manifest.putObject("spec");
    identify(spec, instance, element, name);
    ObjectNode credentialsRef = refer(spec, name, settings);
    settings.baseUrl().ifPresent(url -> spec.put("baseUrl", url));
    String prefix = prefix(element, instance.configuration().keySet());
    if (!prefix.equals(element.defaultPrefix())) {
      spec.put("configurationPrefix", prefix);
    }
    SortedMap<String, Optional<String>> secret =
        configuration(spec, instance, element, prefix, schema);
    if (!secret.isEmpty()) {
      secret.keySet().forEach(credentialsRef.putArray("entries")::add);
    }
    if (instance.disabled().orElse(false)) {
      spec.put("enabled", false);
    }
    spec.put("adoptInstanceId", instance.id());
    spec.put("deletionPolicy", settings.deletionPolicy());
    settings.managementPolicy().ifPresent(policy -> spec.put("managementPolicy", policy));
    return new InstanceManifest(manifest, secret, schema.refusals(manifest, Optional.empty()));
  }

  private static void identify(
      ObjectNode spec, RemoteInstance instance, Element element, String name) {
    spec.put("hub", element.hub().key());
    if (element != Element.defaultOf(element.hub())) {
      spec.put("element", element.key());
    }
    spec.put("name", instance.name().orElse(name));
    Set<String> tags = new TreeSet<>(instance.tags().orElse(Set.of()));
    tags.removeIf(OwnershipTag::isReserved);
    if (!tags.isEmpty()) {
      tags.forEach(spec.putArray("tags")::add);
    }
  }

  /** Names the Secrets. */
  private static ObjectNode refer(ObjectNode spec, String name, ExportSettings settings) {
    String credentials = settings.credentialsSecret(name);
    ObjectNode credentialsRef = spec.putObject("credentialsSecretRef").put("name", credentials);
    settings.account().refer(spec, credentials);
    return credentialsRef;
  }

  private static ObjectNode empty(String name, ExportSettings settings) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = identified(manifest).putObject("metadata").put("name", name);
    settings.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
    return manifest;
  }

  private static ObjectNode identified(ObjectNode manifest) {
    return manifest
        .put("apiVersion", HasMetadata.getApiVersion(ConnectWiseInstance.class))
        .put("kind", HasMetadata.getKind(ConnectWiseInstance.class));
  }

  /** What stands before the element's entries in this instance; some are made with another. */
  private static String prefix(Element element, Set<String> keys) {
    List<String> suffixes =
        element.entries().stream()
            .filter(Element.RequiredEntry::prefixed)
            .map(entry -> "." + entry.name())
            .toList();
    Map<String, Long> votes =
        keys.stream()
            .flatMap(key ->
                suffixes.stream()
                    .filter(key::endsWith)
                    .map(suffix -> key.substring(0, key.length() - suffix.length())))
            .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() > 1)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(element.defaultPrefix());
  }

  /**
   * Writes the further entries that the operator and the API server accept in the spec.
   *
   * @return the others
   */
  private static SortedMap<String, Optional<String>> configuration(
      ObjectNode spec,
      RemoteInstance instance,
      Element element,
      String prefix,
      CustomResourceSchema schema) {
    SortedMap<String, String> further = new TreeMap<>(instance.configuration());
    element.entries().forEach(entry -> further.remove(entry.configurationKey(prefix)));
    further.remove(SERVICE_OWN);
    SortedMap<String, Optional<String>> secret = new TreeMap<>();
    SortedMap<String, String> open = new TreeMap<>();
    further.forEach((key, value) -> {
      if (value.equals(Configuration.MASK)) {
        secret.put(key, Optional.empty());
      } else if (Element.isAddress(key, value)) {
        // an empty one leads nowhere, and no Secret can keep it: a blank value counts as absent
        if (!value.isBlank()) {
          secret.put(key, Optional.of(value).filter(PLAIN_ADDRESS.asMatchPredicate()));
        }
      } else if (isAccepted(spec, key, value, schema)) {
        open.put(key, value);
      } else {
        secret.put(key, Optional.empty());
      }
    });
    if (!open.isEmpty()) {
      open.forEach(spec.putObject("configuration")::put);
    }
    return secret;
  }

  private static boolean isAccepted(
      ObjectNode spec, String key, String value, CustomResourceSchema schema) {
    ObjectNode probe = JsonNodeFactory.instance.objectNode();
    identified(probe).putObject("metadata").put("name", "probe");
    ObjectNode probeSpec = probe.putObject("spec").put("hub", spec.path("hub").asText());
    probeSpec.set("credentialsSecretRef", spec.get("credentialsSecretRef"));
    probeSpec.putObject("configuration").put(key, value);
    return schema.refusals(probe, Optional.empty()).isEmpty();
  }

  /**
   * The same for an instance that carries an ownership tag of this cluster: the annotation confirms
   * that the resource may take it from that owner. It goes into a repository, where another cluster
   * may follow it once this one has the instance.
   */
  InstanceManifest takingOver(long id, OwnershipTag owner) {
    ObjectNode confirming = content.deepCopy();
    confirming
        .withObject("/metadata/annotations")
        .put(Confirmation.TAKE_OVER.annotation(), Confirmation.toTakeFrom(id, owner.value()));
    return new InstanceManifest(confirming, secretEntries, refusals);
  }

  /** What a person has to know or do. */
  List<String> notes(long id) {
    List<String> notes = new ArrayList<>();
    if (!refusals.isEmpty()) {
      notes.add(
          "Instance %d is left out, since it cannot be described: %s"
              .formatted(id, String.join("; ", refusals)));
    } else if (!secretEntries.isEmpty()) {
      notes.add(
          "Instance %d has entries that only a Secret may have: secrets and addresses. Put them into Secret %s under these keys; until then its resource is not ready, and nothing is changed: %s"
              .formatted(
                  id,
                  content.at("/spec/credentialsSecretRef/name").asText(),
                  secretEntries.entrySet().stream()
                      .map(InstanceManifest::shown)
                      .collect(Collectors.joining(", "))));
    }
    return notes;
  }

  private static String shown(Map.Entry<String, Optional<String>> entry) {
    return entry.getKey() + entry.getValue().map(value -> " (" + value + ")").orElse("");
  }
}
