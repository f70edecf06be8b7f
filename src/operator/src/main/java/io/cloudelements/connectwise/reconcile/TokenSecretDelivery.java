package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the generated Secret to what it should be. A conflict is answered by reading the Secret
 * and comparing again: the token is already known, and a label that others wrote is no reason to
 * ask for it again. Before a status names another instance than before, a Secret that looks right
 * is written too, so that its guard tells whether it still is.
 */
final class TokenSecretDelivery {
  private static final int ATTEMPTS = 5;

  /** A user may write a mebibyte of them. */
  private static final int MOST_NAMED_FINALIZERS = 2;

  private final ReconcileInput input;
  private final ClusterWrites cluster;
  private final Runnable assertCurrent;

  /**
   * @param assertCurrent ends the reconcile where it rests on an old view: the Secret's name comes
   *     from the spec, and a former one must not come back
   */
  TokenSecretDelivery(ReconcileInput input, ClusterWrites cluster, Runnable assertCurrent) {
    this.input = input;
    this.cluster = cluster;
    this.assertCurrent = assertCurrent;
  }

  /** Whether applications find the right token. */
  boolean isDelivered(Secret wanted, long instanceId) {
    return input
        .secret(wanted.getMetadata().getName())
        .filter(
            found -> TokenSecretContract.isOurs(found, input.ref().uid(), Optional.of(instanceId)))
        .filter(found -> TokenSecretContract.hasContentOf(found, wanted))
        .isPresent();
  }

  /**
   * @param wanted empty: it would be too large
   * @param instanceId the resource's instance
   * @return empty when it is as wanted; or what to say where it cannot be, or is not this
   *     resource's
   */
  Optional<Outcome> deliver(Optional<Secret> wanted, long instanceId) {
    return wanted
        .map(secret -> deliver(secret, instanceId))
        .orElseGet(() -> Optional.of(TemplateCheck.tooLarge(input.spec().tokenSecret())));
  }

  private Optional<Outcome> deliver(Secret wanted, long instanceId) {
    Optional<Secret> existing = input.secret(wanted.getMetadata().getName());
    for (int attempt = 1; ; attempt++) {
      if (existing.isEmpty()) {
        assertCurrent.run();
      }
      try {
        return write(existing, wanted, instanceId);
      } catch (ClusterConflict conflict) {
        Optional<Secret> latest = cluster.latest(wanted);
        if (attempt == ATTEMPTS || anotherTokenCame(existing, latest, wanted)) {
          throw conflict;
        }
        existing = latest;
      }
    }
  }

  /**
   * Another replica delivered meanwhile, perhaps with the answer of a later call: the service may
   * give an instance another token with a PUT. The next reconcile asks which one it is.
   */
  private static boolean anotherTokenCame(
      Optional<Secret> before, Optional<Secret> latest, Secret wanted) {
    Optional<SecretValue> came = latest.flatMap(TokenSecretContract::token);
    return came.isPresent()
        && !came.equals(TokenSecretContract.token(wanted))
        && !came.equals(before.flatMap(TokenSecretContract::token));
  }

  private Optional<Outcome> write(Optional<Secret> existing, Secret wanted, long instanceId) {
    if (existing.isEmpty()) {
      cluster.createSecret(wanted);
      return Optional.empty();
    }
    Secret found = existing.get();
    if (!TokenSecretContract.isOurs(found, input.ref().uid(), Optional.of(instanceId))) {
      return Optional.of(notOurs(found));
    }
    if (found.getMetadata().getDeletionTimestamp() != null) {
      throw heldByFinalizers(found);
    }
    if (TokenSecretContract.isToBeReplaced(found, wanted)) {
      cluster.deleteSecret(found);
      Optional<Secret> kept = cluster.latest(wanted);
      if (kept.isPresent()) {
        throw kept.get().getMetadata().getDeletionTimestamp() != null
            ? heldByFinalizers(kept.get())
            : new ClusterConflict("another writer created the Secret again");
      }
      cluster.createSecret(wanted);
      return Optional.empty();
    }
    // a reading that is old may be of the instance that another replica has just replaced
    boolean isProven = input.recordedInstance().equals(Optional.of(instanceId));
    if (!isProven || !TokenSecretContract.isAsWanted(found, wanted)) {
      cluster.replaceSecret(TokenSecretContract.repaired(found, wanted));
    }
    return Optional.empty();
  }

  /** Removes every generated Secret of another name that the resource controls. */
  void removeUnwanted() {
    unwanted(input).forEach(this::remove);
  }

  /** Names of those that are still to be removed. */
  static Set<String> unwantedNames(ReconcileInput input) {
    return unwanted(input).stream()
        .map(secret -> secret.getMetadata().getName())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Generated Secrets of another name that the resource controls. */
  static List<Secret> unwanted(ReconcileInput input) {
    String wanted = input.spec().tokenSecretName();
    return input.secrets().values().stream()
        .filter(secret -> isRemovable(secret, input))
        .filter(secret -> !wanted.equals(secret.getMetadata().getName()))
        .toList();
  }

  /**
   * Removes every generated Secret that the resource controls, unless the deletion keeps what the
   * resource controls ({@code --cascade=orphan}).
   *
   * @return what the API server did not take; the garbage collector tries again
   */
  List<ClusterWriteFailure> removeAll() {
    List<ClusterWriteFailure> failures = new ArrayList<>();
    if (!input.metadata().getFinalizers().contains(ClusterWrites.ORPHAN)) {
      for (Secret secret : input.secrets().values()) {
        try {
          if (isRemovable(secret, input)) {
            remove(secret);
          }
        } catch (ClusterWriteException e) {
          failures.add(e.failure());
        }
      }
    }
    return failures;
  }

  private static boolean isRemovable(Secret secret, ReconcileInput input) {
    return TokenSecretContract.isOwned(secret, input.ref().uid())
        && TokenSecretContract.isGenerated(secret)
        && secret.getMetadata().getDeletionTimestamp() == null;
  }

  /** Removes it, unless another owner controls it meanwhile. */
  private void remove(Secret secret) {
    Optional<Secret> found = Optional.of(secret);
    for (int attempt = 1; found.isPresent(); attempt++) {
      try {
        cluster.deleteSecret(found.get());
        return;
      } catch (ClusterConflict conflict) {
        if (attempt == ATTEMPTS) {
          throw conflict;
        }
        found = cluster.latest(secret).filter(now -> isRemovable(now, input));
      }
    }
  }

  /** What is said where a Secret that is not ours has the name. */
  static Outcome notOurs(Secret secret) {
    return Outcome.of(
        Reason.SECRET_CONFLICT,
        "Secret "
            + secret.getMetadata().getName()
            + " exists and is not this resource's, so it is not touched. Set"
            + " spec.tokenSecret.name to another name, or remove that Secret.");
  }

  /** What the API server answers when an object is created again before it is gone. */
  private static ClusterWriteException heldByFinalizers(Secret secret) {
    List<String> finalizers = secret.getMetadata().getFinalizers();
    int more = finalizers.size() - MOST_NAMED_FINALIZERS;
    return new ClusterWriteException(
        new ClusterWriteFailure(
            ClusterWriteFailure.WriteKind.CREATE_SECRET,
            HttpURLConnection.HTTP_CONFLICT,
            "Secret "
                + secret.getMetadata().getName()
                + " is being deleted and kept by its finalizers "
                + finalizers.stream().limit(MOST_NAMED_FINALIZERS).toList()
                + (more > 0 ? " and " + more + " more" : "")));
  }
}
