package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.simulator.model.Instance;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an oracle may look at: the truth about cluster and service, and what the run has counted.
 *
 * @param running the reconcile that is under way
 * @param extraInstances how many more than one the service's breach of the bounds explains
 * @param letGo the resource was released with the instance kept on purpose
 * @param neverConverged kube writes and effects while nothing happened any more
 * @param statusLost whether a user emptied the status
 * @param outdatedSent a second replica, or one that a second had replaced, was the last to send a
 *     configuration, and it was an outdated one; nothing at the service forbids it to
 */
record Evidence(
    World world,
    Expectation expectation,
    Optional<ScheduledOperator.Gathered> running,
    int extraInstances,
    boolean letGo,
    int neverConverged,
    boolean statusLost,
    boolean outdatedSent) {

  private static final Set<String> WITHHELD =
      Set.of("AccountNotUsable", "AccountNotReady", "Suspended");

  Optional<ConnectWiseInstance> resource() {
    return world.cluster().resource();
  }

  Optional<ConnectWiseInstanceStatus> status() {
    return world.cluster().status();
  }

  boolean ready() {
    return status().filter(Statuses::ready).isPresent();
  }

  /** Whether nothing is checked any more, because of the account object: Synced says so. */
  boolean accountIsWithheld() {
    return status()
        .flatMap(status -> Statuses.condition(status, "Synced"))
        .filter(synced -> WITHHELD.contains(synced.getReason()))
        .isPresent();
  }

  List<Instance> ours() {
    return world.service().ours();
  }

  /** Whether the status names every instance of ours but the one in use as a duplicate. */
  boolean reportsDuplicates() {
    List<Instance> ours = ours();
    return ours.size() < 2
        || status()
            .map(status ->
                ours.stream()
                    .map(Instance::id)
                    .filter(id -> !id.equals(status.instanceId()))
                    .toList()
                    .equals(status.duplicates()))
            .orElse(false);
  }

  /** Names of the Secrets that the resource owns. */
  List<String> ownedSecrets() {
    return world.cluster().secretsOwnedBy(resource().orElseThrow().getMetadata().getUid()).stream()
        .map(secret -> secret.getMetadata().getName())
        .toList();
  }

  /** The live instance that a status names. */
  Optional<Instance> named(ConnectWiseInstanceStatus status) {
    return Optional.ofNullable(status.instanceId())
        .flatMap(world.service().platform()::instance)
        .filter(Instance::isLive);
  }

  /** How the instance of a ready resource is not as the current generation asks. */
  Optional<String> differs() {
    ConnectWiseInstance resource = resource().orElseThrow();
    ConnectWiseInstanceStatus status = status().orElseThrow();
    Optional<Instance> instance = named(status);
    if (instance.isEmpty()) {
      return Optional.of("ready, and instance " + status.instanceId() + " does not exist");
    }
    return Optional.of("ready for generation " + status.observedGeneration())
        .filter(_ -> !resource.getMetadata().getGeneration().equals(status.observedGeneration()))
        .or(() -> Asked.differs(resource.getSpec(), instance.get()))
        .or(() ->
            outdatedSent()
                ? Optional.empty()
                : Asked.configurationDiffers(
                    resource.getSpec(), instance.get(), world().cluster()));
  }

  /** What is wrong with the token Secret that a status names; empty when nothing is. */
  Optional<String> secretProblem(ConnectWiseInstanceStatus status) {
    if (status.tokenSecretRef() == null) {
      return Optional.of("status names no token Secret");
    }
    Optional<Secret> secret = world.cluster().secret(status.tokenSecretRef().name());
    if (secret.isEmpty()) {
      return Optional.of("the token Secret is not there");
    }
    Optional<Instance> instance = named(status);
    if (instance.isEmpty()) {
      return Optional.of("the token Secret is of no living instance");
    }
    Map<String, String> data = secret.get().getData();
    boolean right =
        instance.get().token().equals(decoded(data, "token"))
            && Long.toString(instance.get().id()).equals(decoded(data, "instance-id"));
    return right ? Optional.empty() : Optional.of("the token Secret holds another token");
  }

  /** Whether a text is in one of a Secret's values. */
  boolean holds(String secret, String text) {
    return world.cluster().secret(secret).stream()
        .flatMap(
            found -> found.getData().keySet().stream().map(key -> decoded(found.getData(), key)))
        .anyMatch(value -> value.contains(text));
  }

  /** What is wrong with the further keys of the token Secret, as long as they are looked after. */
  Optional<String> templateProblem(ConnectWiseInstanceStatus status) {
    Optional<Instance> instance = named(status).filter(_ -> !accountIsWithheld());
    Optional<Secret> secret = world.cluster().secret(status.tokenSecretRef().name());
    return instance.flatMap(of ->
        AskedKeys.of(resource().orElseThrow().getSpec(), of, world).entrySet().stream()
            .filter(key ->
                secret
                    .map(found -> decoded(found.getData(), key.getKey()))
                    .filter(key.getValue()::equals)
                    .isEmpty())
            .findFirst()
            .map(key -> "key " + key.getKey() + " of the token Secret is not as asked"));
  }

  /**
   * A Secret that had no owner and has got one, and holds the token neither of this resource's
   * instance nor of one that the resource had and that is gone.
   */
  Optional<String> wronglyTakenUp(String name) {
    History<Secret> history = world.cluster().secretHistory(name);
    Optional<String> former =
        history
            .behind(1, 0)
            .object()
            .filter(Evidence::isWithoutOwner)
            .filter(_ -> history.now().filter(now -> !isWithoutOwner(now)).isPresent())
            .map(secret -> decoded(secret.getData(), "instance-id"));
    return former
        .filter(id -> ours().stream().noneMatch(ours -> Long.toString(ours.id()).equals(id)))
        .filter(id -> !isLost(id))
        .map(id -> "Secret " + name + " of instance " + id + " is taken up");
  }

  private static boolean isWithoutOwner(Secret secret) {
    return secret.getMetadata().getOwnerReferences().isEmpty();
  }

  /** Whether the running reconcile saw that id in the status, and no such instance lives. */
  private boolean isLost(String id) {
    return running
        .map(gathered -> gathered.input().resource().getStatus())
        .filter(status -> id.equals(String.valueOf(status.instanceId())))
        .filter(status -> named(status).isEmpty())
        .isPresent();
  }

  /** Whether the running reconcile is to say what it would do, and to write nothing else. */
  boolean onlyPlans() {
    return running
        .map(gathered -> gathered.input().resource())
        .filter(resource -> resource.getMetadata().getDeletionTimestamp() == null)
        .filter(resource -> "Plan".equals(resource.getSpec().managementPolicy()))
        .isPresent();
  }

  /** The token in a Secret. */
  Optional<String> token(String secret) {
    return world.cluster().secret(secret).map(found -> decoded(found.getData(), "token"));
  }

  /** Whether another writer changed a Secret after the running reconcile had read it. */
  boolean changedDuringReconcile(String secret) {
    return running
        .map(ScheduledOperator.Gathered::revisions)
        .map(revisions ->
            world.cluster().secretHistory(secret).lastFromOutside()
                > revisions.getOrDefault(secret, 0L))
        .orElse(false);
  }

  /** Whether the running reconcile works with credentials that were changed since it began. */
  boolean outdatedCredentials() {
    return running
        .map(gathered -> gathered.input().resource().getSpec().credentialsSecretRef().name())
        .filter(this::changedDuringReconcile)
        .isPresent();
  }

  /** An attempt in another account than that of the status before, without a confirmation. */
  Optional<String> unconfirmedAttempt(Step step) {
    return step instanceof Step.StatusWritten(var before, var after)
        ? before.flatMap(earlier -> unconfirmedAttempt(earlier, after))
        : Optional.empty();
  }

  private Optional<String> unconfirmedAttempt(
      ConnectWiseInstanceStatus before, ConnectWiseInstanceStatus after) {
    boolean known = before.provisioning() != null || before.instanceId() != null;
    // A status that was lost and found again names no account.
    boolean elsewhere =
        known && before.account() != null && !before.account().equals(after.account());
    Optional<String> named =
        Optional.ofNullable(after.account())
            .flatMap(account ->
                Confirmation.toBeginAnew(StatusReader.recorded(Optional.of(before), 0), account));
    boolean confirmed =
        resource()
            .map(resource -> resource.getMetadata().getAnnotations())
            .map(annotations -> annotations.get(Confirmation.RECREATE.annotation()))
            .filter(value -> named.equals(Optional.of(value)))
            .isPresent();
    return after.provisioning() != null && elsewhere && !confirmed
        ? Optional.of("from " + before.account() + " to " + after.account())
        : Optional.empty();
  }

  private static String decoded(Map<String, String> data, String key) {
    String value = data == null ? null : data.get(key);
    return value == null
        ? ""
        : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }
}
