package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.reconcile.AccountObjectWrites;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An operator's writes to the account object, every call of which the schedule sees. */
record ScheduledAccountWrites(World world, Ports ports, ScheduledOperator caller)
    implements AccountObjectWrites {

  @Override
  public CloudElementsAccount addFinalizer(CloudElementsAccount account) {
    return written(
        PortCall.ACCOUNT_FINALIZER,
        () -> {
          CloudElementsAccount now = guarded(account);
          return put(
              now, AccountObjects.meta(now, m -> m.addToFinalizers(FINALIZER)), now.getStatus());
        });
  }

  @Override
  public void removeFinalizer(CloudElementsAccount account) {
    ports.run(
        caller,
        PortCall.ACCOUNT_FINALIZER,
        () -> "remove",
        () -> {
          CloudElementsAccount now = guarded(account);
          put(
              now,
              AccountObjects.meta(now, m -> m.removeFromFinalizers(FINALIZER)),
              now.getStatus());
          world.happened(new Step.AccountReleased(now));
          world.accounts().removeIfReleased();
        });
  }

  @Override
  public CloudElementsAccount writeStatus(
      CloudElementsAccount account, CloudElementsAccountStatus status) {
    return written(
        PortCall.ACCOUNT_STATUS,
        () -> {
          CloudElementsAccount now = guarded(account);
          world.happened(new Step.AccountStatusWritten(now, status));
          return put(now, now.getMetadata(), status);
        });
  }

  @Override
  public void publish(CloudElementsAccount account, EventRecord event) {
    world.happened(new Step.TextsShown(List.of(event.reason(), event.message())));
  }

  private CloudElementsAccount written(PortCall call, Supplier<CloudElementsAccount> effect) {
    List<CloudElementsAccount> answer = new ArrayList<>();
    ports.run(caller, call, () -> "", () -> answer.add(effect.get()));
    return answer.getFirst();
  }

  private CloudElementsAccount put(
      CloudElementsAccount before, ObjectMeta meta, CloudElementsAccountStatus status) {
    return world.accounts().put(meta, before.getSpec(), status, false);
  }

  private CloudElementsAccount guarded(CloudElementsAccount read) {
    return world
        .accounts()
        .account()
        .filter(now ->
            now.getMetadata().getResourceVersion().equals(read.getMetadata().getResourceVersion()))
        .orElseThrow(() -> new ClusterConflict("the account changed"));
  }
}
