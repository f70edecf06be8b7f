package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cloudelements.RequestPreview;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.reconcile.DesiredResolver;
import io.cloudelements.connectwise.reconcile.DesiredResolver.Resolution;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What would become of manifests: first the API server's checks, then the operator's own. A
 * resource that is there twice is checked as a change of the earlier to the later.
 */
final class ManifestCheck {
  private final CustomResourceSchema instances = CustomResourceSchema.ofInstances();
  private final CustomResourceSchema accounts = CustomResourceSchema.ofAccounts();
  private final ReconcileSettings settings;
  private final boolean clusterKnown;
  private final String namespace;

  /**
   * @param clusterKnown whether the settings have the cluster's name, on which the tag rests
   * @param namespace of manifests that name none
   */
  ManifestCheck(ReconcileSettings settings, boolean clusterKnown, String namespace) {
    this.settings = settings;
    this.clusterKnown = clusterKnown;
    this.namespace = namespace;
  }

  List<CheckedManifest> plan(List<Manifest> manifests) {
    Map<String, Secret> secrets = new HashMap<>();
    manifests.stream()
        .filter(Manifest::isSecret)
        .forEach(secret -> secrets.put(key(secret), SecretManifests.stored(secret)));
    Map<String, JsonNode> stored = new HashMap<>();
    List<CheckedManifest> planned = new ArrayList<>();
    for (Manifest manifest : manifests) {
      if (instances.isAbout(manifest.content())) {
        planned.add(plan(manifest, earlier(manifest, stored), secrets));
      } else if (accounts.isAbout(manifest.content())) {
        planned.add(planAccount(manifest, earlier(manifest, stored), secrets.keySet()));
      }
    }
    return planned;
  }

  private Optional<JsonNode> earlier(Manifest manifest, Map<String, JsonNode> stored) {
    return Optional.ofNullable(
        stored.put(manifest.kind() + " " + key(manifest), manifest.content()));
  }

  private CheckedManifest plan(
      Manifest manifest, Optional<JsonNode> earlier, Map<String, Secret> secrets) {
    List<String> refusals = instances.refusals(manifest.content(), earlier);
    if (!refusals.isEmpty()) {
      return planned(manifest, refusals, List.of(), Optional.empty());
    }
    ConnectWiseInstance resource = manifest.as(ConnectWiseInstance.class);
    resource.getMetadata().setNamespace(manifest.namespace(namespace));
    List<String> notes = new ArrayList<>();
    Map<String, Secret> referred = referred(resource, secrets, notes);
    return switch (new DesiredResolver(settings).resolve(new ReconcileInput(resource, referred))) {
      case Resolution.Blocked(var outcome) ->
          planned(
              manifest,
              List.of(outcome.reason().label() + ": " + outcome.message()),
              List.of(),
              Optional.empty());
      case Resolution.Resolved(var desired, _) -> {
        Optional<String> silence = silence(resource, desired, earlier.isPresent());
        silence.ifPresent(notes::add);
        List<String> ignored = desired.configuration().ignored();
        if (!ignored.isEmpty()) {
          notes.add(
              "keys that are no entries are not sent: "
                  + String.join(", ", ignored)
                  + "; spec.credentialsSecretRef.entries names those that are to be");
        }
        yield planned(
            manifest,
            List.of(),
            notes,
            silence.isPresent() ? Optional.empty() : Optional.of(request(desired)));
      }
    };
  }

  private CheckedManifest planAccount(
      Manifest manifest, Optional<JsonNode> earlier, Set<String> secrets) {
    List<String> refusals = accounts.refusals(manifest.content(), earlier);
    List<String> notes = new ArrayList<>();
    String secret =
        manifest.namespace(namespace)
            + "/"
            + manifest.content().at("/spec/secretRef/name").asText();
    if (refusals.isEmpty() && !secrets.contains(secret)) {
      notes.add(
          "needs Secret "
              + secret
              + " with the keys "
              + String.join(", ", CredentialsReader.ACCOUNT_KEYS));
    }
    return planned(manifest, refusals, notes, Optional.empty());
  }

  private CheckedManifest planned(
      Manifest manifest,
      List<String> refusals,
      List<String> notes,
      Optional<RequestPreview> request) {
    return new CheckedManifest(
        manifest.source(),
        manifest.kind(),
        manifest.namespace(namespace),
        manifest.name(),
        refusals,
        notes,
        request);
  }

  /** The Secrets that the resource refers to; one that is in no file has stand-ins for values. */
  private Map<String, Secret> referred(
      ConnectWiseInstance resource, Map<String, Secret> secrets, List<String> notes) {
    Map<String, Secret> referred = new HashMap<>();
    for (String name : ReconcileInput.credentialsNames(resource)) {
      String key = resource.getMetadata().getNamespace() + "/" + name;
      Secret secret = secrets.get(key);
      if (secret == null) {
        Set<String> keys = keys(resource, name);
        notes.add(
            "needs Secret " + key + " with the keys " + String.join(", ", keys) + label(resource));
        secret = standIn(name, keys);
      }
      referred.put(name, secret);
    }
    return referred;
  }

  /** What a Secret that is in no file must allow. */
  private static String label(ConnectWiseInstance resource) {
    return SpecDefaults.of(resource).configuration().entrySet().stream()
            .anyMatch(entry -> Element.isAddress(entry.getKey(), entry.getValue()))
        ? ", and the label "
            + SecretContent.ADDRESS_FROM_SPEC
            + ": \"true\" on the one with the ConnectWise entries"
        : "";
  }

  private static Set<String> keys(ConnectWiseInstance resource, String secret) {
    SpecDefaults spec = SpecDefaults.of(resource);
    Set<String> keys = new TreeSet<>();
    if (spec.credentialsSecret().equals(secret)) {
      Element element = spec.element().orElseThrow();
      element.entries().stream().map(Element.Entry::secretKey).forEach(keys::add);
      keys.addAll(spec.listedEntries());
    }
    if (spec.accountSecret().equals(secret)) {
      keys.addAll(CredentialsReader.ACCOUNT_KEYS);
    }
    return keys;
  }

  private static Secret standIn(String name, Set<String> keys) {
    Map<String, String> data = new HashMap<>();
    keys.forEach(key -> data.put(key, SecretManifests.encoded(placeholder(key, name))));
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
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

  /** Why no request is shown. */
  private static Optional<String> silence(
      ConnectWiseInstance resource, DesiredInstance desired, boolean changes) {
    if (SpecDefaults.of(resource).suspended()) {
      return Optional.of("spec.suspend is true: nothing is sent");
    }
    if (desired.policy() != ManagementPolicy.MANAGE) {
      return Optional.of(
          "managementPolicy is " + desired.policy().key() + ": nothing is changed at the service");
    }
    return changes
        ? Optional.of("changes the resource above: what is sent depends on the instance")
        : Optional.empty();
  }

  private RequestPreview request(DesiredInstance desired) {
    RequestPreview request = RequestPreview.of(desired);
    if (clusterKnown) {
      return request;
    }
    ObjectNode body = request.body().deepCopy();
    ArrayNode tags = body.putArray("tags");
    request
        .body()
        .path("tags")
        .forEach(tag ->
            tags.add(
                tag.asText().equals(desired.ownershipTag().value())
                    ? "cwi-<made of --cluster-name, namespace and name>"
                    : tag.asText()));
    return new RequestPreview(request.method(), request.url(), body);
  }

  private String key(Manifest manifest) {
    return manifest.namespace(namespace) + "/" + manifest.name();
  }
}
