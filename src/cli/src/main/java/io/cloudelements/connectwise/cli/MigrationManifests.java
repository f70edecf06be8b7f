package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.AllowedNamespaces;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.cli.AccountMigration.Group;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Both halves of a migration as they go into Git, and what else is to be done. */
final class MigrationManifests {
  private static final String KEYS = String.join(" and ", CredentialsReader.ACCOUNT_KEYS);

  private MigrationManifests() {}

  static ObjectNode account(Group group) {
    CloudElementsAccountSpec asked = group.object().getSpec();
    ObjectNode manifest = manifest(CloudElementsAccount.class, group.name());
    ObjectNode spec = manifest.putObject("spec");
    Optional.ofNullable(asked.baseUrl()).ifPresent(url -> spec.put("baseUrl", url));
    spec.putObject("secretRef").put("name", group.secret().name());
    Optional.ofNullable(asked.allowedNamespaces()).ifPresent(allowed -> allow(spec, allowed));
    return manifest;
  }

  private static void allow(ObjectNode spec, AllowedNamespaces allowed) {
    ObjectNode node = spec.putObject("allowedNamespaces").put("from", allowed.from());
    Optional.ofNullable(allowed.names())
        .ifPresent(names -> names.forEach(node.putArray("names")::add));
  }

  /**
   * A patch, which says null for what goes: a merge patch of kubectl, and a patch of kustomize,
   * which finds the resource by its kind and name.
   */
  static ObjectNode patch(Group group, ConnectWiseInstance resource) {
    ConnectWiseInstanceSpec has = resource.getSpec();
    ObjectNode patch = manifest(ConnectWiseInstance.class, SpecDefaults.id(resource));
    ObjectNode spec = patch.putObject("spec");
    spec.putObject("accountRef")
        .put("name", group.name().name())
        .put("namespace", group.name().namespace());
    if (has.accountSecretRef() != null) {
      spec.putNull("accountSecretRef");
    }
    if (has.baseUrl() != null) {
      spec.putNull("baseUrl");
    }
    return patch;
  }

  private static ObjectNode manifest(Class<? extends HasMetadata> kind, ResourceId name) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest
        .put("apiVersion", HasMetadata.getApiVersion(kind))
        .put("kind", HasMetadata.getKind(kind))
        .putObject("metadata")
        .put("name", name.name())
        .put("namespace", name.namespace());
    return manifest;
  }

  /** The further steps for a person, in this order. */
  static List<String> steps(AccountMigration.MigrationResult result) {
    return result.groups().stream()
        .flatMap(
            group -> Stream.concat(numbered(actions(group, result)).stream(), kept(group, result)))
        .toList();
  }

  private static List<String> actions(Group group, AccountMigration.MigrationResult result) {
    List<String> actions = new ArrayList<>();
    if (group.copies()) {
      actions.add(
          "Copy the keys %s of Secret %s into Secret %s (account %s)."
              .formatted(KEYS, group.sources().first(), group.secret(), group.fingerprint()));
    }
    actions.add(
        "Apply CloudElementsAccount %s and wait: kubectl -n %s wait --for=condition=Ready cea/%s"
            .formatted(group.name(), group.name().namespace(), group.name().name()));
    actions.add(
        "Then patch the %d resources: in Git, or by kubectl patch --type=merge --patch-file."
            .formatted(group.users().size()));
    List<ResourceId> removable = result.removable(group);
    if (!removable.isEmpty()) {
      actions.add(
          "Once they are ready, remove %s from %s: nothing of this operator reads them there any"
                  .formatted(
                      KEYS,
                      removable.stream()
                          .map(secret -> "Secret " + secret)
                          .collect(Collectors.joining(", ")))
              + " more.");
    }
    return actions;
  }

  private static List<String> numbered(List<String> actions) {
    return IntStream.range(0, actions.size())
        .mapToObj(number -> "%d. %s".formatted(number + 1, actions.get(number)))
        .toList();
  }

  private static Stream<String> kept(Group group, AccountMigration.MigrationResult result) {
    return group.sources().stream()
        .filter(result.stillRead()::containsKey)
        .map(source ->
            "   Keep them in Secret %s: %s reads it."
                .formatted(source, result.stillRead().get(source)));
  }
}
