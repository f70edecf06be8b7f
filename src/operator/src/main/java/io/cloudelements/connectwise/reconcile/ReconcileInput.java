package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.secret.TokenSecretValues;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything a reconcile knows before it begins.
 *
 * @param secrets the Secrets it refers to, by name (credentials, account, token and the former
 *     token Secrets), and those that it controls
 * @param account what opens the account, where that is not in these Secrets
 * @param crd of a resource that is being deleted; of any other {@link CrdState#IN_USE}
 * @param history what is remembered
 * @param mode of the operator
 * @param refusedRead of a Secret, so that not all Secrets that are there are known
 */
public record ReconcileInput(
    ConnectWiseInstance resource,
    Map<String, Secret> secrets,
    AccountSource account,
    CrdState crd,
    ReconcileHistory history,
    ManagementPolicy mode,
    Optional<ClusterWriteFailure> refusedRead) {
  private static final Set<String> CONFIRMATIONS =
      Arrays.stream(Confirmation.values())
          .map(Confirmation::annotation)
          .collect(Collectors.toUnmodifiableSet());

  public ReconcileInput {
    secrets = Map.copyOf(secrets);
  }

  /** What was read, with nothing of earlier reconciles, for an operator that manages. */
  public ReconcileInput(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    this(
        resource,
        secrets,
        AccountSource.OWN,
        CrdState.IN_USE,
        ReconcileHistory.NONE,
        ManagementPolicy.MANAGE,
        Optional.empty());
  }

  /** The same view, and what is remembered. */
  public ReconcileInput with(ReconcileHistory remembered) {
    return new ReconcileInput(resource, secrets, account, crd, remembered, mode, refusedRead);
  }

  /** The same view with the resource as it is now. */
  public ReconcileInput with(ConnectWiseInstance now) {
    return new ReconcileInput(now, secrets, account, crd, history, mode, refusedRead);
  }

  /** The same view, and what was seen of the CRD. */
  public ReconcileInput with(CrdState seen) {
    return new ReconcileInput(resource, secrets, account, seen, history, mode, refusedRead);
  }

  /** The same view, and what opens the account. */
  public ReconcileInput with(AccountSource opened) {
    return new ReconcileInput(resource, secrets, opened, crd, history, mode, refusedRead);
  }

  /** The same view, which lacks a Secret that may not be read. */
  public ReconcileInput with(ClusterWriteFailure refused) {
    return new ReconcileInput(resource, secrets, account, crd, history, mode, Optional.of(refused));
  }

  /** The same view, for an operator in that mode. */
  ReconcileInput in(ManagementPolicy operating) {
    return new ReconcileInput(resource, secrets, account, crd, history, operating, refusedRead);
  }

  /**
   * How much the operator may do for this resource: the lowest of its own policy and the operator's
   * mode. Empty when this version knows no such policy.
   */
  Optional<ManagementPolicy> policy() {
    return spec().policy().map(mode::lowest);
  }

  /**
   * Whether a reconcile over this resource has to know the state of the CRD: it may delete an
   * instance.
   */
  public static boolean needsCrd(ConnectWiseInstance resource) {
    return resource.getMetadata().getDeletionTimestamp() != null && isHeld(resource);
  }

  /**
   * Whether the operator is done with a resource that is being deleted, and only finalizers of
   * others keep it, or a person removed the operator's: what its status records does not count any
   * more.
   */
  public static boolean isReleased(ConnectWiseInstance resource) {
    return resource.getMetadata().getDeletionTimestamp() != null && !isHeld(resource);
  }

  /** Whether it carries the operator's finalizer, without which it has nothing at the service. */
  static boolean isHeld(ConnectWiseInstance resource) {
    return resource.getMetadata().getFinalizers().contains(ClusterWrites.FINALIZER);
  }

  /** Names of the Secrets with credentials that a reconcile over this resource reads. */
  public static Set<String> credentialsNames(ConnectWiseInstance resource) {
    SpecDefaults spec = SpecDefaults.of(resource);
    return new TreeSet<>(List.of(spec.credentialsSecret(), spec.accountSecret()));
  }

  /** Names of all Secrets that a reconcile over this resource reads. */
  public static Set<String> secretNames(ConnectWiseInstance resource) {
    Set<String> names = credentialsNames(resource);
    names.add(SpecDefaults.of(resource).tokenSecretName());
    StatusReader.tokenSecret(resource).ifPresent(names::add);
    return names;
  }

  /** Whether the service is to be asked even where the cluster shows no reason to. */
  public boolean fullCheckIsDue() {
    return history.nextFullCheck().filter(Duration.ZERO::equals).isPresent();
  }

  /** Whether a person asked for a reconcile that has not reported yet. */
  boolean reconcileIsRequested() {
    return !annotation(Annotations.RECONCILE_REQUESTED_AT)
        .equals(StatusReader.handledRequest(resource));
  }

  SpecDefaults spec() {
    return SpecDefaults.of(resource);
  }

  /** The token Secret that is to be delivered; empty when it would be too large. */
  Optional<Secret> tokenSecret(DesiredInstance desired, long instanceId, SecretValue token) {
    return TokenSecretContract.build(
        resource,
        spec().tokenSecret(),
        new TokenSecretValues(
            instanceId,
            token,
            desired.element(),
            desired.name(),
            desired.account().baseUrl(),
            applicationSecrets(desired)));
  }

  /**
   * What applications may have of the account: what the resource's own Secrets hold is in this
   * namespace anyway, and an account object says it itself. Its own secret is never given.
   */
  Optional<ApplicationSecrets> applicationSecrets(DesiredInstance desired) {
    return switch (account) {
      case AccountSource.OwnSecrets _ ->
          Optional.of(ApplicationSecrets.of(desired.account()))
              .filter(_ -> spec().accountRef().isEmpty());
      case AccountSource.Open open -> open.applicationUser();
      case AccountSource.NotUsable _,
          AccountSource.Limited _,
          AccountSource.Suspended _,
          AccountSource.NotReady _ ->
          Optional.empty();
    };
  }

  ObjectMeta metadata() {
    return resource.getMetadata();
  }

  ResourceId id() {
    return new ResourceId(metadata().getNamespace(), metadata().getName());
  }

  ResourceRef ref() {
    return new ResourceRef(id(), metadata().getUid(), metadata().getResourceVersion());
  }

  boolean deleting() {
    return metadata().getDeletionTimestamp() != null;
  }

  boolean hasFinalizer() {
    return isHeld(resource);
  }

  Optional<String> annotation(String annotation) {
    return Optional.ofNullable(metadata().getAnnotations()).map(all -> all.get(annotation));
  }

  /**
   * Whether a later version of the resource asks for the same: spec, deletion and what a person
   * confirmed are as this reconcile knows them.
   */
  boolean asksTheSame(ConnectWiseInstance later) {
    return Objects.equals(metadata().getGeneration(), later.getMetadata().getGeneration())
        && deleting() == (later.getMetadata().getDeletionTimestamp() != null)
        && confirmations(resource).equals(confirmations(later));
  }

  /**
   * The annotations that confirm something; a request of a reconcile is none, since the next one
   * answers it.
   */
  private static Map<String, String> confirmations(ConnectWiseInstance of) {
    Map<String, String> confirmations =
        new TreeMap<>(Optional.ofNullable(of.getMetadata().getAnnotations()).orElseGet(Map::of));
    confirmations.keySet().retainAll(CONFIRMATIONS);
    return confirmations;
  }

  /** The instance that the status names. */
  Optional<Long> recordedInstance() {
    return StatusReader.instanceId(resource);
  }

  Optional<Secret> secret(String name) {
    return Optional.ofNullable(secrets.get(name));
  }
}
