package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.simulator.model.Instance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plain install is removed, and with its definition every resource: a cluster of its own. */
class WhyCrdIT {
  /** The command that is shown lets the resource go and leaves the instance where it is. */
  @Test
  void showsHowTheInstanceIsKept() {
    try (WhyCluster why = WhyCluster.startClusterWide()) {
      // Given
      Instance instance = why.tenant.provisions("uninstalled");
      why.controlPlane.kubectl("delete", "crd", CrdState.CRD, "--wait=false");
      why.tenant.awaits("uninstalled", seen -> seen.isStalled("CrdIsBeingDeleted"));
      // When
      CommandRun run = why.why("uninstalled");
      // Then
      WhyScreens.assertKept(
          Map.of("crd-is-being-deleted", WhyScreens.of(why).kept(run, "uninstalled")));
      why.runs(why.commandOf("uninstalled"), Map.of());
      why.tenant.awaitsGone("uninstalled");
      assertThat(why.tenant.account().instance(instance.id()).isLive()).isTrue();
    }
  }
}
