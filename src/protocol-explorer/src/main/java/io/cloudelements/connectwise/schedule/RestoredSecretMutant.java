package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.Map;

/** Bugs with Secrets that lost their owner. Each must be caught. */
enum RestoredSecretMutant implements Variant {
  /** A Secret of the right name without an owner is taken up, with a token of any instance. */
  NAME_PROVES_OWNERSHIP {
    @Override
    public ReconcileInput input(ReconcileInput gathered) {
      Secret secret = gathered.secrets().get(ScheduledService.TOKEN_SECRET);
      boolean claimed =
          secret != null
              && secret.getMetadata().getOwnerReferences().isEmpty()
              && gathered.resource().getStatus() != null
              && gathered.resource().getStatus().instanceId() != null;
      return claimed
          ? with(
              gathered,
              RestoredSecretScenario.withInstance(
                  secret, gathered.resource().getStatus().instanceId().toString()))
          : gathered;
    }
  };

  private static ReconcileInput with(ReconcileInput gathered, Secret secret) {
    Map<String, Secret> secrets = new HashMap<>(gathered.secrets());
    secrets.put(secret.getMetadata().getName(), secret);
    return new ReconcileInput(
        gathered.resource(),
        secrets,
        gathered.account(),
        gathered.crd(),
        gathered.history(),
        gathered.mode(),
        gathered.refusedRead());
  }
}
