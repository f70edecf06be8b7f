package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cloudelements.RequestPreview;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.DesiredResolver;
import io.cloudelements.connectwise.reconcile.DesiredResolver.Resolution;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
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

  /**
   * A manifest of one of the two kinds.
   *
   * @param changes whether there is an earlier one of the same object
   * @param refusals of the API server
   */
  private record Applied(Manifest manifest, boolean changes, List<String> refusals) {}

  List<CheckedManifest> plan(List<Manifest> manifests) {
    PlannedSecrets secrets = new PlannedSecrets(manifests, namespace);
    PlannedAccounts known =
        new PlannedAccounts(
            new AccountCheck.BaseUrlSettings(settings.defaultBaseUrl(), settings.allowed()),
            secrets,
            manifests.stream()
                .filter(Manifest::isNamespace)
                .map(manifest -> manifest.as(Namespace.class))
                .toList());
    List<Applied> applied = applied(manifests);
    applied.stream()
        .filter(each -> isAccount(each.manifest()) && each.refusals().isEmpty())
        .forEach(each -> known.add(account(each.manifest())));
    return applied.stream().map(each -> checked(each, secrets, known)).toList();
  }

  private List<Applied> applied(List<Manifest> manifests) {
    Map<String, JsonNode> stored = new HashMap<>();
    List<Applied> applied = new ArrayList<>();
    for (Manifest manifest : manifests) {
      for (CustomResourceSchema schema : List.of(instances, accounts)) {
        if (schema.isAbout(manifest.content())) {
          String key = manifest.kind() + " " + manifest.id(namespace);
          Optional<JsonNode> earlier = Optional.ofNullable(stored.put(key, manifest.content()));
          List<String> refusals = schema.refusals(manifest.content(), earlier);
          applied.add(new Applied(manifest, earlier.isPresent(), refusals));
        }
      }
    }
    return applied;
  }

  private boolean isAccount(Manifest manifest) {
    return accounts.isAbout(manifest.content());
  }

  private CloudElementsAccount account(Manifest manifest) {
    CloudElementsAccount account = manifest.as(CloudElementsAccount.class);
    account.getMetadata().setNamespace(manifest.namespace(namespace));
    return account;
  }

  /** As it is just after it was applied for the first time. */
  private ConnectWiseInstance resource(Manifest manifest) {
    ConnectWiseInstance resource = manifest.as(ConnectWiseInstance.class);
    resource.getMetadata().setNamespace(manifest.namespace(namespace));
    resource.getMetadata().setGeneration(1L);
    return resource;
  }

  private CheckedManifest checked(Applied applied, PlannedSecrets secrets, PlannedAccounts known) {
    Manifest manifest = applied.manifest();
    if (!applied.refusals().isEmpty()) {
      return checked(manifest, applied.refusals(), List.of(), Optional.empty());
    }
    if (isAccount(manifest)) {
      PlannedAccounts.Checked account = known.check(account(manifest));
      return checked(manifest, account.refusals(), account.notes(), Optional.empty());
    }
    ConnectWiseInstance resource = resource(manifest);
    List<String> notes = new ArrayList<>();
    ReconcileInput input =
        new ReconcileInput(resource, referred(resource, secrets, notes))
            .with(known.open(resource, notes));
    return switch (new DesiredResolver(settings).resolve(input)) {
      case Resolution.Blocked(var outcome) ->
          checked(
              manifest,
              List.of(outcome.reason().label() + ": " + outcome.message()),
              List.of(),
              Optional.empty());
      case Resolution.Resolved(var desired, _) -> {
        Optional<String> silence = silence(resource, desired, applied.changes());
        silence.ifPresent(notes::add);
        List<String> ignored = desired.configuration().ignored();
        if (!ignored.isEmpty()) {
          notes.add(
              "keys that are no entries are not sent: "
                  + String.join(", ", ignored)
                  + "; spec.credentialsSecretRef.entries names those that are to be");
        }
        yield checked(
            manifest,
            List.of(),
            notes,
            silence.isPresent() ? Optional.empty() : Optional.of(request(desired)));
      }
    };
  }

  private CheckedManifest checked(
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

  private static Map<String, Secret> referred(
      ConnectWiseInstance resource, PlannedSecrets secrets, List<String> notes) {
    Map<String, Secret> referred = new HashMap<>();
    for (String name : ReconcileInput.credentialsNames(resource)) {
      ResourceId id = new ResourceId(resource.getMetadata().getNamespace(), name);
      referred.put(name, secrets.get(id, keys(resource, name), label(resource), notes));
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

  private static SortedSet<String> keys(ConnectWiseInstance resource, String secret) {
    SpecDefaults spec = SpecDefaults.of(resource);
    SortedSet<String> keys = new TreeSet<>();
    if (spec.credentialsSecret().equals(secret)) {
      Element element = spec.element().orElseThrow();
      element.entries().stream().map(Element.RequiredEntry::secretKey).forEach(keys::add);
      keys.addAll(spec.listedEntries());
    }
    if (spec.accountRef().isEmpty() && spec.accountSecret().equals(secret)) {
      keys.addAll(CredentialsReader.ACCOUNT_KEYS);
    }
    return keys;
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
}
