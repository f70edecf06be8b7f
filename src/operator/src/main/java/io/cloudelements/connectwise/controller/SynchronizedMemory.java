package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountObjectAccess;
import io.cloudelements.connectwise.reconcile.ObservedInputs;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileMemory;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The {@link ReconcileMemory} of this process, for its reconciles, drift listings and recoveries,
 * by one steady clock.
 */
public final class SynchronizedMemory {
  private final ReconcileMemory memory = new ReconcileMemory();
  private final RecentWrites recentWrites;
  private final SecretVersions secretVersions;
  private final AccountAuthorizer accounts;
  private final InstantSource steadyClock;

  /**
   * @param steadyClock may not jump
   */
  public SynchronizedMemory(
      RecentWrites recentWrites,
      SecretVersions secretVersions,
      AccountAuthorizer accounts,
      InstantSource steadyClock) {
    this.recentWrites = recentWrites;
    this.secretVersions = secretVersions;
    this.accounts = accounts;
    this.steadyClock = steadyClock;
  }

  /** The present time of its clock. */
  Instant now() {
    return steadyClock.instant();
  }

  synchronized Optional<AccountAccess> access(
      String fingerprint, List<ConnectWiseInstance> resources) {
    return memory.access(fingerprint, resources);
  }

  synchronized ReconcileInput resumed(ReconcileInput input) {
    return memory.resumed(input, now());
  }

  synchronized Optional<UnwrittenOutcome> unwritten(ResourceId id, String uid) {
    return memory.unwritten(id, uid);
  }

  /** By what the caches show. */
  Optional<Duration> remaining(ResourceId id, ConnectWiseInstance cached) {
    return ObservedInputs.inCaches(cached, secretVersions, accounts)
        .flatMap(observed -> remaining(id, cached.getMetadata().getUid(), observed));
  }

  /** By what was read for a reconcile. */
  Optional<Duration> remaining(ResourceId id, ReconcileInput input) {
    return remaining(id, input.resource().getMetadata().getUid(), ObservedInputs.of(input));
  }

  private synchronized Optional<Duration> remaining(
      ResourceId id, String uid, ObservedInputs observed) {
    return memory.remaining(id, uid, observed, now());
  }

  /** What a reconcile knows before it reads anything. */
  ReconcileInput unread(ConnectWiseInstance cached) {
    Optional<ObservedInputs> observed = ObservedInputs.inCaches(cached, secretVersions, accounts);
    synchronized (this) {
      return memory.unread(cached, observed, now());
    }
  }

  /** The account of a resource, as far as it is known before its Secrets are read. */
  Optional<AccountKey> accountOf(ConnectWiseInstance cached) {
    Optional<String> object = AccountObjectAccess.versionOfObject(accounts, cached);
    boolean watched = object.isEmpty() && secretVersions.isSynced();
    Optional<String> version =
        object.or(() ->
            secretVersions.version(
                new ResourceId(
                    cached.getMetadata().getNamespace(), SpecDefaults.of(cached).accountSecret())));
    if (watched && version.isEmpty()) {
      return Optional.empty();
    }
    synchronized (this) {
      return memory.accountOf(cached, version);
    }
  }

  synchronized void requestFullCheck(ResourceId id) {
    memory.requestFullCheck(id);
  }

  synchronized void ended(ReconcileInput input, ReconcileEnd end) {
    memory.ended(input, end, () -> recentWrites.leftBy(input), now());
  }

  synchronized void worked(ReconcileInput input, CredentialsResult.Complete credentials) {
    memory.worked(input, credentials);
  }

  synchronized boolean failed(ResourceId id, String uid, String error) {
    return memory.failed(id, uid, error);
  }

  synchronized int failures(ResourceId id, String uid) {
    return memory.failures(id, uid);
  }

  synchronized List<ResourceId> awaitingService(String account) {
    return memory.awaitingService(account);
  }

  synchronized boolean endBackoff(ResourceId id) {
    return memory.endBackoff(id);
  }

  synchronized boolean isFinished(ResourceId id, String uid) {
    return memory.isFinished(id, uid);
  }

  void forget(ResourceId id) {
    recentWrites.forget(id);
    synchronized (this) {
      memory.forget(id);
    }
  }
}
