package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.AccountReconciliation;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ObservedInputs;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A way in which the protocol differs from the production code, made of what is around it. */
interface Variant {
  /** The production code, as it is. */
  Variant NONE = new Variant() {};

  default InstancesApi instances(InstancesApi port, World world) {
    return port;
  }

  default ClusterWrites cluster(ClusterWrites port, World world) {
    return port;
  }

  /** The port to the account's queue. */
  default CallPermits permits(CallPermits port, ClusterWrites cluster, World world) {
    return port;
  }

  /** The steady clock of the queue. */
  default InstantSource queueClock(InstantSource clock) {
    return clock;
  }

  /** Where accounts are looked up. */
  default AccountDirectory directory(AccountDirectory port, World world) {
    return port;
  }

  /** Which resources the account's reconcile sees. */
  default AccountReconciliation.AccountCaches view(AccountReconciliation.AccountCaches port) {
    return port;
  }

  /** Which of the cached resources count against an account's limits: those that record it. */
  default Stream<ConnectWiseInstance> counted(Stream<ConnectWiseInstance> all, String account) {
    return all.filter(seen -> StatusReader.account(seen).equals(Optional.of(account)));
  }

  /** Which resources of the account the limit on deletions sees. */
  default List<ConnectWiseInstance> population(List<ConnectWiseInstance> all) {
    return all;
  }

  /** The account that its reconcile sees. */
  default CloudElementsAccount account(CloudElementsAccount seen, World world) {
    return seen;
  }

  default ReconcileInput input(ReconcileInput gathered) {
    return gathered;
  }

  /** The same, where it depends on what else there is. */
  default ReconcileInput input(ReconcileInput gathered, World world) {
    return input(gathered);
  }

  /** What the memory compares. */
  default ObservedInputs remembered(ObservedInputs inputs) {
    return inputs;
  }

  /** How long the memory lets the next reconcile wait. */
  default Optional<Duration> remaining(Optional<Duration> known) {
    return known;
  }

  /** Whether a change of the resource brings an event. */
  default boolean isEvent(boolean accepted, ConnectWiseInstance now, ConnectWiseInstance before) {
    return accepted;
  }

  /** Whether a changed Secret brings an event. */
  default boolean isEvent(boolean accepted, Secret now) {
    return accepted;
  }
}
