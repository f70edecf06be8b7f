package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountObjectAccess;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gathers what a reconcile begins with: the resource, and the Secrets it refers to, read from the
 * API server in that moment; for a deletion the CRD too. The secrets of an account object come from
 * {@link AccountAuthorizer}. Of the Secrets that it controls the first {@value #MOST_OWNED} are
 * read too, and no other.
 */
public final class InputReader {
  /** A user who may write Secrets can make thousands that name a resource as their owner. */
  static final int MOST_OWNED = 16;

  private final KubernetesClient client;
  private final RecentWrites recentWrites;
  private final SecretVersions secretVersions;
  private final SecretReads shared;
  private final CrdReader crds;
  private final AccountAuthorizer accounts;

  /**
   * @param secretEvents also show which Secrets there are
   */
  public InputReader(
      KubernetesClient client,
      RecentWrites recentWrites,
      SecretEvents secretEvents,
      CrdReader crds,
      AccountAuthorizer accounts) {
    this.client = client;
    this.recentWrites = recentWrites;
    this.secretVersions = secretEvents;
    this.crds = crds;
    this.accounts = accounts;
    this.shared = new SecretReads(this::secret, secretVersions, System::nanoTime);
  }

  /**
   * Opens this reconcile's share of the Secret reads.
   *
   * @param since when it was triggered, on the clock of {@link System#nanoTime}
   */
  SecretReads.Session openReads(ConnectWiseInstance resource, long since) {
    return shared.open(PrimaryCache.credentialsOf(resource), since);
  }

  /**
   * The cached resource, unless this process wrote it since and the watch lags behind: then what
   * the API server has.
   *
   * @return empty when it is gone
   */
  Optional<ConnectWiseInstance> current(ConnectWiseInstance cached) {
    return recentWrites.newerThan(cached).isPresent() ? latest(cached) : Optional.of(cached);
  }

  /** What the API server has, if it is still the same resource. */
  Optional<ConnectWiseInstance> latest(ConnectWiseInstance known) {
    return Optional.ofNullable(client.resource(known).get())
        .filter(found -> known.getMetadata().getUid().equals(found.getMetadata().getUid()));
  }

  /**
   * @param unwritten names Secrets that are still to be removed
   * @return without what is remembered
   */
  ReconcileInput gather(
      ConnectWiseInstance resource,
      SecretReads.Session credentials,
      Optional<UnwrittenOutcome> unwritten) {
    Map<String, Secret> secrets = new HashMap<>();
    String namespace = resource.getMetadata().getNamespace();
    Optional<ClusterWriteFailure> refused = Optional.empty();
    for (String name : names(resource, secretVersions.ownedBy(resource), unwritten)) {
      ResourceId id = new ResourceId(namespace, name);
      if (!isNotThereYet(resource, id)) {
        recentWrites.secretIsRead(id);
        try {
          bounded(resource, id, credentials.read(id))
              .ifPresent(secret -> secrets.put(name, secret));
        } catch (KubernetesClientException e) {
          refused = refused.or(() -> Optional.of(refusedRead(e)));
        }
      }
    }
    ReconcileInput input =
        new ReconcileInput(resource, secrets)
            .with(AccountObjectAccess.open(accounts, resource))
            .with(crds.stateFor(resource));
    return refused.map(input::with).orElse(input);
  }

  /** Of a Secret that a user may not fill for the operator, what the token Secret may have. */
  private static Optional<Secret> bounded(
      ConnectWiseInstance resource, ResourceId id, Optional<Secret> read) {
    return PrimaryCache.credentialsOf(resource).contains(id)
        ? read
        : read.map(
            secret -> TokenSecretContract.bounded(secret, SpecDefaults.of(resource).tokenSecret()));
  }

  /** A failure that is no refusal may be over in a moment, and ends the reconcile. */
  private static ClusterWriteFailure refusedRead(KubernetesClientException e) {
    ApiServerFailure failure = ApiServerFailure.of(e);
    if (!failure.refused()) {
      throw e;
    }
    return failure.of(ClusterWriteFailure.WriteKind.READ_SECRET);
  }

  /** The Secrets that a reconcile reads; of those that the resource only owns, the first few. */
  static Set<String> names(
      ConnectWiseInstance resource, Set<String> owned, Optional<UnwrittenOutcome> unwritten) {
    Set<String> names = new TreeSet<>(ReconcileInput.secretNames(resource));
    owned.stream().sorted().limit(MOST_OWNED).forEach(names::add);
    unwritten.map(UnwrittenOutcome::formerSecrets).ifPresent(names::addAll);
    return names;
  }

  /**
   * A new resource has no token Secret. If another owner's Secret took that name in a moment that
   * the watch has not shown yet, it is found when ours is to be created.
   */
  private boolean isNotThereYet(ConnectWiseInstance resource, ResourceId secret) {
    return StatusReader.status(resource).isEmpty()
        && secret.name().equals(SpecDefaults.of(resource).tokenSecretName())
        && secretVersions.isSynced()
        && secretVersions.version(secret).isEmpty();
  }

  private Optional<Secret> secret(ResourceId id) {
    return Optional.ofNullable(
        client.secrets().inNamespace(id.namespace()).withName(id.name()).get());
  }
}
