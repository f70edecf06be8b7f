package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ResourceVersions;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Secrets that many reconciles read: a thousand resources that come at once with the same
 * credentials need not ask the API server a thousand times. A reconcile takes what another one has
 * read since its own occasion, unless the watch has come across a newer version; so its view is as
 * fresh as one of its own. Where the watch tells nothing, only a reading that is still under way is
 * shared. Nothing is kept longer than a reconcile that may want it is under way; and while
 * reconciles wait for their account, equal readings of a Secret, which may have a mebibyte, are
 * held once.
 */
class SecretReads {
  record Reading(long begun, FutureTask<Optional<Secret>> answer) {}

  /**
   * @param held the Secret that was read last
   */
  private record Shared(int users, Optional<Reading> last, Optional<Secret> held) {
    Shared used(int by) {
      return new Shared(users + by, last, held);
    }

    Shared with(Reading reading) {
      return new Shared(users, Optional.of(reading), held);
    }

    Shared holding(Secret read) {
      return held.equals(Optional.of(read)) ? this : new Shared(users, last, Optional.of(read));
    }
  }

  private final Map<ResourceId, Shared> secrets = new ConcurrentHashMap<>();
  private final Function<ResourceId, Optional<Secret>> apiServer;
  private final SecretVersions secretVersions;
  private final LongSupplier nanoTime;

  /**
   * @param apiServer reads a Secret; empty: there is none
   */
  SecretReads(
      Function<ResourceId, Optional<Secret>> apiServer,
      SecretVersions secretVersions,
      LongSupplier nanoTime) {
    this.apiServer = apiServer;
    this.secretVersions = secretVersions;
    this.nanoTime = nanoTime;
  }

  /** One reconcile's part, from its occasion to its end. */
  final class Session implements AutoCloseable {
    private final Set<ResourceId> names;
    private final long since;

    private Session(Set<ResourceId> names, long since) {
      this.names = names;
      this.since = since;
    }

    /** What the API server had at some time since this reconcile's occasion. */
    Optional<Secret> read(ResourceId name) {
      return names.contains(name) ? shared(name, since) : apiServer.apply(name);
    }

    @Override
    public void close() {
      names.forEach(SecretReads.this::leave);
    }
  }

  /** For a reconcile that may read these Secrets, and whose occasion is now. */
  Session open(Set<ResourceId> names) {
    return open(names, nanoTime.getAsLong());
  }

  /**
   * For a reconcile that was queued.
   *
   * @param since its occasion
   */
  Session open(Set<ResourceId> names, long since) {
    names.forEach(name ->
        secrets.compute(
            name,
            (_, known) ->
                known == null ? new Shared(1, Optional.empty(), Optional.empty()) : known.used(1)));
    return new Session(new HashSet<>(names), since);
  }

  private void leave(ResourceId name) {
    secrets.computeIfPresent(name, (_, known) -> known.users() == 1 ? null : known.used(-1));
  }

  private Optional<Secret> shared(ResourceId name, long since) {
    Reading own = new Reading(nanoTime.getAsLong(), new FutureTask<>(() -> heldOnce(name)));
    Reading reading =
        secrets
            .computeIfPresent(
                name,
                (_, known) ->
                    known.last().filter(last -> serves(last, name, since)).isPresent()
                        ? known
                        : known.with(own))
            .last()
            .orElseThrow();
    if (reading == own) {
      own.answer().run();
    }
    return await(reading.answer());
  }

  private Optional<Secret> heldOnce(ResourceId name) {
    return apiServer
        .apply(name)
        .map(read ->
            Optional.ofNullable(secrets.computeIfPresent(name, (_, known) -> known.holding(read)))
                .flatMap(Shared::held)
                .orElse(read));
  }

  /** Whether a reading is as fresh as one of its own to a reconcile with this occasion. */
  boolean serves(Reading reading, ResourceId name, long since) {
    return reading.begun() - since >= 0
        && switch (reading.answer().state()) {
          case RUNNING -> true;
          case SUCCESS ->
              secretVersions.isSynced() && !isSuperseded(name, reading.answer().resultNow());
          case FAILED, CANCELLED -> false;
        };
  }

  private boolean isSuperseded(ResourceId name, Optional<Secret> read) {
    Optional<String> known = read.map(secret -> secret.getMetadata().getResourceVersion());
    return secretVersions
        .version(name)
        .filter(seen -> known.isEmpty() || ResourceVersions.isNewer(seen, known.get()))
        .isPresent();
  }

  private static Optional<Secret> await(Future<Optional<Secret>> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted while another reconcile read the Secret", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KubernetesClientException failure
          ? failure
          : new IllegalStateException("a Secret could not be read", e.getCause());
    }
  }

  /** Secrets of which something is kept. */
  int size() {
    return secrets.size();
  }
}
