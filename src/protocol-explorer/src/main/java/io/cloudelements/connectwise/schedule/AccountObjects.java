package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The administrators' namespace: one account object and its Secrets; what the labels of the
 * tenant's namespace are, and who else uses the account.
 */
final class AccountObjects {
  static final ResourceId ID = new ResourceId("connectwise-accounts", "acme-production");
  static final ResourceId SECRET = new ResourceId(ID.namespace(), "acme-admin");
  static final ResourceId APPLICATION = new ResourceId(ID.namespace(), "acme-app");

  private final History<CloudElementsAccount> account = new History<>();
  private final Map<ResourceId, History<Secret>> secrets = new HashMap<>();
  private final List<ConnectWiseInstance> neighbours = new ArrayList<>();
  private Map<String, String> labels = Map.of();
  private long labelled;
  private long revision = 100;

  Optional<CloudElementsAccount> account() {
    return account.now();
  }

  History<CloudElementsAccount> history() {
    return account;
  }

  History<Secret> secret(ResourceId name) {
    return secrets.computeIfAbsent(name, _ -> new History<>());
  }

  /** Grows when a Secret of that namespace changes. */
  long secretsRevision() {
    return secrets.values().stream().mapToLong(found -> found.latest().revision()).sum();
  }

  /** Of the tenant's namespace. */
  Map<String, String> labels() {
    return labels;
  }

  /** Grows when the labels change. */
  long labelled() {
    return labelled;
  }

  /** Resources of another namespace that use the account. */
  List<ConnectWiseInstance> neighbours() {
    return neighbours;
  }

  // What people do.

  void create(Consumer<AccountDraft> spec) {
    AccountDraft draft = new AccountDraft();
    spec.accept(draft);
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .withNamespace(ID.namespace())
            .withName(ID.name())
            .withUid("10000000-0000-4000-8000-000000000001")
            .withGeneration(1L)
            .build();
    put(meta, draft.finish(), null, true);
  }

  void edit(Consumer<AccountDraft> change) {
    account
        .now()
        .ifPresent(before -> {
          AccountDraft draft = AccountDraft.of(before.getSpec());
          change.accept(draft);
          long generation = before.getMetadata().getGeneration() + 1;
          put(
              meta(before, m -> m.withGeneration(generation)),
              draft.finish(),
              before.getStatus(),
              true);
        });
  }

  void annotate(String key, String value) {
    account
        .now()
        .ifPresent(before ->
            put(
                meta(before, m -> m.addToAnnotations(key, value)),
                before.getSpec(),
                before.getStatus(),
                true));
  }

  void delete() {
    account
        .now()
        .filter(before -> before.getMetadata().getDeletionTimestamp() == null)
        .ifPresent(before -> {
          ObjectMeta meta =
              meta(before, m -> m.withDeletionTimestamp(VirtualTime.START.toString()));
          put(meta, before.getSpec(), before.getStatus(), true);
          removeIfReleased();
        });
  }

  void putSecret(ResourceId name, Map<String, String> data) {
    revision++;
    Secret written =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(name.namespace())
            .withName(name.name())
            .withResourceVersion(Long.toString(revision))
            .endMetadata()
            .withData(data)
            .build();
    secret(name).add(revision, Optional.of(written), true);
  }

  void deleteSecret() {
    revision++;
    secret(SECRET).add(revision, Optional.empty(), true);
  }

  void label(Map<String, String> changed) {
    labels = Map.copyOf(changed);
    labelled++;
  }

  // What an operator's writes do; their guards are in ScheduledAccountWrites.

  CloudElementsAccount put(
      ObjectMeta meta,
      CloudElementsAccountSpec spec,
      CloudElementsAccountStatus status,
      boolean outside) {
    revision++;
    CloudElementsAccount changed =
        object(
            new ObjectMetaBuilder(meta).withResourceVersion(Long.toString(revision)).build(),
            spec,
            status);
    account.add(revision, Optional.of(changed), outside);
    return changed;
  }

  /** An object that is being deleted goes with its last finalizer. */
  void removeIfReleased() {
    account
        .now()
        .map(CloudElementsAccount::getMetadata)
        .filter(meta -> meta.getDeletionTimestamp() != null && meta.getFinalizers().isEmpty())
        .ifPresent(_ -> {
          revision++;
          account.add(revision, Optional.empty(), false);
        });
  }

  static CloudElementsAccount object(
      ObjectMeta meta, CloudElementsAccountSpec spec, CloudElementsAccountStatus status) {
    CloudElementsAccount object = new CloudElementsAccount();
    object.setMetadata(meta);
    object.setSpec(spec);
    object.setStatus(status);
    return object;
  }

  static ObjectMeta meta(CloudElementsAccount of, UnaryOperator<ObjectMetaBuilder> change) {
    return change.apply(new ObjectMetaBuilder(of.getMetadata())).build();
  }
}
