package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.TokenSecretContract;
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
 * Everything a reconcile knows of the cluster, gathered before it begins.
 *
 * @param secrets the Secrets it refers to, by name: credentials, account, token and the former
 *     token Secret
 * @param lastKnown credentials with which an earlier reconcile of this process worked; deletion may
 *     need them
 * @param failures how many passes failed in a row
 * @param unfinishedChange whether the last of them was to do what somebody asked for, which may
 *     show nowhere else
 * @param nextFullCheck until the service is to be asked although nothing has changed; zero: now;
 *     empty: this process has not looked yet, and does not know when it is time
 * @param crd of a resource that is being deleted; of any other {@link CrdState#IN_USE}
 * @param unwritten what the last reconcile could not write to the cluster
 */
public record ReconcileInput(
    ConnectWiseInstance resource,
    Map<String, Secret> secrets,
    Optional<CredentialsResult.Complete> lastKnown,
    int failures,
    boolean unfinishedChange,
    Optional<Duration> nextFullCheck,
    CrdState crd,
    Optional<UnwrittenOutcome> unwritten) {
  public static final String RECONCILE_REQUESTED_AT = "cloudelements.io/reconcile-requested-at";
  private static final Set<String> CONFIRMATIONS =
      Arrays.stream(Confirmation.values())
          .map(Confirmation::annotation)
          .collect(Collectors.toUnmodifiableSet());

  public ReconcileInput {
    secrets = Map.copyOf(secrets);
  }

  /** What the first reconcile of a process knows, or one after a success. */
  public ReconcileInput(
      ConnectWiseInstance resource,
      Map<String, Secret> secrets,
      Optional<CredentialsResult.Complete> lastKnown,
      int failures,
      Optional<Duration> nextFullCheck) {
    this(
        resource,
        secrets,
        lastKnown,
        failures,
        false,
        nextFullCheck,
        CrdState.IN_USE,
        Optional.empty());
  }

  /** What was read, with nothing of earlier reconciles. */
  public ReconcileInput(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    this(resource, secrets, Optional.empty(), 0, Optional.empty());
  }

  /** The same view after so many failed passes. */
  public ReconcileInput after(int failedReconciles, boolean leftUnfinished) {
    return new ReconcileInput(
        resource,
        secrets,
        lastKnown,
        failedReconciles,
        leftUnfinished,
        nextFullCheck,
        crd,
        unwritten);
  }

  /** The same view after a reconcile that could not write everything. */
  public ReconcileInput resuming(Optional<UnwrittenOutcome> outcome) {
    return new ReconcileInput(
        resource, secrets, lastKnown, failures, unfinishedChange, nextFullCheck, crd, outcome);
  }

  /** The same view, and the credentials that an earlier reconcile worked with. */
  ReconcileInput withLastKnown(Optional<CredentialsResult.Complete> credentials) {
    return new ReconcileInput(
        resource, secrets, credentials, failures, unfinishedChange, nextFullCheck, crd, unwritten);
  }

  /** The same view, and when to look at the service. */
  public ReconcileInput withNextFullCheck(Optional<Duration> time) {
    return new ReconcileInput(
        resource, secrets, lastKnown, failures, unfinishedChange, time, crd, unwritten);
  }

  /** The same view with the resource as it is now. */
  public ReconcileInput with(ConnectWiseInstance now) {
    return new ReconcileInput(
        now, secrets, lastKnown, failures, unfinishedChange, nextFullCheck, crd, unwritten);
  }

  /** The same view, and what was seen of the CRD. */
  public ReconcileInput with(CrdState seen) {
    return new ReconcileInput(
        resource, secrets, lastKnown, failures, unfinishedChange, nextFullCheck, seen, unwritten);
  }

  /**
   * Whether a reconcile over this resource has to know the state of the CRD: it may delete an
   * instance.
   */
  public static boolean needsCrd(ConnectWiseInstance resource) {
    return resource.getMetadata().getDeletionTimestamp() != null
        && resource.getMetadata().getFinalizers().contains(ClusterWrites.FINALIZER);
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

  /** Whether the service is to be asked whatever the cluster shows. */
  public boolean fullCheckIsDue() {
    return nextFullCheck.filter(Duration.ZERO::equals).isPresent();
  }

  /** Whether a person asked for a reconcile that has not reported yet. */
  boolean reconcileIsRequested() {
    return !annotation(RECONCILE_REQUESTED_AT).equals(StatusReader.handledRequest(resource));
  }

  SpecDefaults spec() {
    return SpecDefaults.of(resource);
  }

  /** The token Secret that is to be delivered. */
  Secret tokenSecret(DesiredInstance desired, long instanceId, SecretValue token) {
    return TokenSecretContract.build(
        resource, spec().tokenSecret(), instanceId, token, desired.element(), desired.account());
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
    return metadata().getFinalizers().contains(ClusterWrites.FINALIZER);
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
   * What a reconcile is allowed by; the request of a reconcile is none, since the next one answers
   * it.
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
