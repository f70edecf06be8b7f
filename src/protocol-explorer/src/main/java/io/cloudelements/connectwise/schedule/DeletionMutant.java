package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bugs of a limit on deletions. Each must be caught. */
enum DeletionMutant implements Variant {
  /** Only what this process has deleted itself is counted. */
  OTHERS_NOT_COUNTED {
    @Override
    public List<ConnectWiseInstance> population(List<ConnectWiseInstance> all) {
      return List.of();
    }
  },

  /** It holds as long as there are so many, and lets the rest go by themselves. */
  HOLD_NOT_RECORDED {
    @Override
    public ReconcileInput input(ReconcileInput gathered, World world) {
      ConnectWiseInstance resource = gathered.resource();
      boolean many = !world.accounts().neighbours().isEmpty();
      return many || resource.getStatus() == null
          ? gathered
          : gathered.with(
              Cluster.object(
                  resource.getMetadata(),
                  resource.getSpec(),
                  Statuses.withoutHold(resource.getStatus())));
    }
  },

  /** A confirmation need not say what it confirms. */
  ANY_VALUE_CONFIRMS {
    @Override
    public ReconcileInput input(ReconcileInput gathered) {
      ConnectWiseInstance resource = gathered.resource();
      boolean given =
          Optional.ofNullable(resource.getMetadata().getAnnotations())
              .map(Map::keySet)
              .filter(keys -> keys.contains(Confirmation.DELETE.annotation()))
              .isPresent();
      return !given || resource.getStatus() == null
          ? gathered
          : gathered.with(
              Cluster.object(
                  new ObjectMetaBuilder(resource.getMetadata())
                      .addToAnnotations(
                          Confirmation.DELETE.annotation(),
                          String.valueOf(resource.getStatus().instanceId()))
                      .build(),
                  resource.getSpec(),
                  resource.getStatus()));
    }
  }
}
