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
 * Coalesces reads of Secrets: a thousand resources that are reconciled at once with the same
 * credentials cause one read instead of a thousand. A reconcile uses a read that another one began
 * after its own trigger, unless the watch has shown a newer version; so the result is as fresh as a
 * read of its own. Where Secrets are not watched, only a read that is still running is shared. A
 * result is kept only while a reconcile that may use it is running; and while those reconciles run,
 * equal results for a Secret, which may have a mebibyte, are held once.
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

  /** One reconcile's share of the reads, from its trigger to its end. */
  final class Session implements AutoCloseable {
    private final Set<ResourceId> names;
    private final long since;

    private Session(Set<ResourceId> names, long since) {
      this.names = names;
      this.since = since;
    }

    /** What the API server had at some time since this reconcile's trigger. */
    Optional<Secret> read(ResourceId name) {
      return names.contains(name) ? shared(name, since) : apiServer.apply(name);
    }

    @Override
    public void close() {
      names.forEach(SecretReads.this::leave);
    }
  }

  /**
   * For a reconcile that may read these Secrets.
   *
   * @param since when it was triggered
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

  /** Whether a read is as fresh as a reconcile's own would be, for one with this trigger time. */
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
