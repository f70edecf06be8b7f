package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.account.Consent;
import io.cloudelements.connectwise.api.v1.AllowedNamespaces;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountObjectAccess;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.TemplatePlaceholder;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How resources that open an account by their own Secrets come to use an account object. It needs
 * no Secret: {@code status.account} tells which resources have the same secrets.
 *
 * @param account namespace and name of the object
 * @param secret name of the object's Secret; empty: as the object. Of several accounts each of the
 *     two names ends in the account's fingerprint
 */
record AccountMigration(ResourceId account, Optional<String> secret) {

  /**
   * One account object, and what comes to use it.
   *
   * @param users in the order of their names
   * @param sources the Secrets that have the account's secrets today
   */
  record Group(
      String fingerprint,
      CloudElementsAccount object,
      List<ConnectWiseInstance> users,
      SortedSet<ResourceId> sources) {
    ResourceId name() {
      return AccountTerms.id(object);
    }

    ResourceId secret() {
      return AccountTerms.of(object).secret().orElseThrow();
    }

    /** Whether its Secret is to get what the resources' own Secrets have. */
    boolean copies() {
      return !sources.contains(secret());
    }
  }

  /**
   * @param leftOut resources that keep their Secrets, each with the reason
   * @param stillRead Secrets that keep their keys, each with what reads them: resources that are
   *     left out, and accounts, those that are printed among them
   */
  record MigrationResult(
      List<Group> groups, SortedMap<String, String> leftOut, Map<ResourceId, String> stillRead) {
    /** The Secrets of a group that nothing reads once its resources use the account. */
    List<ResourceId> removable(Group group) {
      return group.sources().stream().filter(source -> !stillRead.containsKey(source)).toList();
    }
  }

  private static SortedSet<ResourceId> secrets() {
    return new TreeSet<>(Comparator.comparing(ResourceId::toString));
  }

  /**
   * @param resources those of all namespaces that are to be migrated
   * @param accounts those of the same namespaces that there are
   * @param fingerprint of the only account that is to be migrated; empty: all
   */
  MigrationResult of(
      List<ConnectWiseInstance> resources,
      List<CloudElementsAccount> accounts,
      Optional<String> fingerprint) {
    SortedMap<String, String> leftOut = new TreeMap<>();
    Map<ResourceId, String> stillRead = new HashMap<>();
    SortedMap<String, List<ConnectWiseInstance>> byAccount = new TreeMap<>();
    resources.stream()
        .filter(resource -> SpecDefaults.of(resource).accountRef().isEmpty())
        .filter(resource -> !SpecDefaults.of(resource).namesNoSecret())
        .sorted(Comparator.comparing(resource -> SpecDefaults.id(resource).toString()))
        .forEach(resource -> {
          Optional<String> obstacle = obstacle(resource, fingerprint);
          if (obstacle.isPresent()) {
            leftOut.put(SpecDefaults.id(resource).toString(), obstacle.get());
            stillRead.put(source(resource), "a resource left out");
          } else {
            byAccount
                .computeIfAbsent(
                    StatusReader.account(resource).orElseThrow(), _ -> new ArrayList<>())
                .add(resource);
          }
        });
    boolean alone = byAccount.size() == 1;
    List<Group> groups = new ArrayList<>();
    byAccount.forEach((known, users) -> groups.add(group(known, alone, users)));
    Stream.concat(accounts.stream(), groups.stream().map(Group::object))
        .map(AccountTerms::of)
        .forEach(terms ->
            Stream.of(terms.secret(), terms.applicationSecret())
                .flatMap(Optional::stream)
                .forEach(secret -> stillRead.put(secret, "CloudElementsAccount " + terms.id())));
    return new MigrationResult(groups, leftOut, stillRead);
  }

  /** Why a resource is not to be changed now. */
  private Optional<String> obstacle(ConnectWiseInstance resource, Optional<String> fingerprint) {
    if (resource.getMetadata().getDeletionTimestamp() != null) {
      return Optional.of("it is being deleted.");
    }
    Optional<String> recorded = StatusReader.account(resource);
    if (recorded.isEmpty()) {
      return Optional.of("its status names no account yet. Migrate it once it is ready.");
    }
    if (fingerprint.isPresent() && !recorded.equals(fingerprint)) {
      return Optional.of("it uses account " + recorded.get() + ".");
    }
    if (SpecDefaults.of(resource).tokenSecret().placeholders().stream()
        .anyMatch(TemplatePlaceholder::opensAccount)) {
      return Optional.of(
          "its spec.tokenSecret.template holds secrets of the account, and a CloudElementsAccount"
              + " gives applications only those of its spec.applicationUser. Set that, or remove"
              + " them, and migrate it by hand.");
    }
    return unpermitted(resource);
  }

  /** What another namespace may not ask of an account as it is printed. */
  private Optional<String> unpermitted(ConnectWiseInstance resource) {
    Consent asked =
        Consent.to(
            AccountObjectAccess.of(resource),
            AccountTerms.of(object("", List.of(resource))),
            Optional.empty(),
            _ -> Optional.empty());
    return asked instanceof Consent.Limited(String what)
        ? Optional.of(
            "it asks for "
                + what
                + ", which an account forbids to other namespaces unless spec.permit says"
                + " otherwise. Migrate it once that is complete.")
        : Optional.empty();
  }

  private Group group(String fingerprint, boolean alone, List<ConnectWiseInstance> users) {
    String end = alone ? "" : "-" + fingerprint;
    SortedSet<ResourceId> sources = secrets();
    users.forEach(resource -> sources.add(source(resource)));
    return new Group(fingerprint, object(end, users), List.copyOf(users), sources);
  }

  /** The Secret whose keys open the account today. */
  static ResourceId source(ConnectWiseInstance resource) {
    return new ResourceId(
        resource.getMetadata().getNamespace(), SpecDefaults.of(resource).accountSecret());
  }

  private CloudElementsAccount object(String end, List<ConnectWiseInstance> users) {
    String name = account.name() + end;
    List<String> namespaces =
        users.stream()
            .map(resource -> resource.getMetadata().getNamespace())
            .filter(namespace -> !namespace.equals(account.namespace()))
            .distinct()
            .sorted()
            .toList();
    Optional<String> baseUrl =
        users.stream()
            .flatMap(resource -> Optional.ofNullable(resource.getSpec().baseUrl()).stream())
            .sorted()
            .findFirst();
    CloudElementsAccount object = new CloudElementsAccount();
    object.setMetadata(
        new ObjectMetaBuilder().withNamespace(account.namespace()).withName(name).build());
    object.setSpec(
        new CloudElementsAccountSpec(
            baseUrl.orElse(null),
            new SecretReference(secret.map(given -> given + end).orElse(name)),
            namespaces.isEmpty()
                ? null
                : new AllowedNamespaces(AccountTerms.From.NAMES.key(), namespaces, null),
            null,
            null,
            null,
            null));
    return object;
  }
}
