package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/** Resources of other namespaces, which are never reconciled. */
final class Neighbours {
  private Neighbours() {}

  /**
   * One of many that are being deleted and are held.
   *
   * @param account empty: its own secrets
   */
  static ConnectWiseInstance deleted(int number, Optional<AccountReference> account) {
    SpecDraft spec = new SpecDraft();
    spec.account = account.orElse(null);
    return Cluster.object(
        new ObjectMetaBuilder()
            .withNamespace(PlatformAccount.NEIGHBOUR.namespace())
            .withName("deleted-" + number)
            .withUid("30000000-0000-4000-8000-%012d".formatted(number))
            .withGeneration(2L)
            .withFinalizers(ClusterWrites.FINALIZER)
            .withDeletionTimestamp(VirtualTime.START.toString())
            .build(),
        spec.finish(),
        Statuses.held(900 + number));
  }

  /**
   * @param account the fingerprint of the account that has its instance
   * @param reference to an account object, if it still has one
   */
  static ConnectWiseInstance with(
      long instance, String account, Optional<AccountReference> reference) {
    SpecDraft spec = new SpecDraft();
    spec.account = reference.orElse(null);
    return Cluster.object(
        new ObjectMetaBuilder()
            .withNamespace(PlatformAccount.NEIGHBOUR.namespace())
            .withName(PlatformAccount.NEIGHBOUR.name())
            .withUid("20000000-0000-4000-8000-000000000001")
            .withGeneration(1L)
            .build(),
        spec.finish(),
        Statuses.of(instance, account));
  }
}
