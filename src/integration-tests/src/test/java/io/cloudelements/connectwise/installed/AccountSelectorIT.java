package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code accounts.namespaceSelectors}: a right to label a namespace decides what it may use. */
@RealOperator(OperatorScope.MANUAL)
class AccountSelectorIT {
  @Test
  void labelsOfANamespaceGiveAndTakeConsent(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    try (OperatorProcess operator =
        cluster.start(Map.of("ACCOUNT_NAMESPACE_SELECTORS", "true", "RESYNC_INTERVAL", "24h"))) {
      owner.sharesBy("{from: Selector, selector: {matchLabels: {crm: acme}}}");
      owner.appliesEntries();
      tenant.applies(owner.helpDesk("acme"));
      tenant.awaits("acme", seen -> seen.condition("Synced").hasReason("WaitingForAccount"));
      controlPlane.kubectl("label", "namespace", tenant.name(), "crm=acme");
      tenant.awaitsReady("acme");
      // When
      controlPlane.kubectl("label", "namespace", tenant.name(), "crm-");
      tenant.awaits(
          "acme",
          seen -> {
            seen.condition("Synced").hasReason("WaitingForAccount");
            seen.condition("Ready").isTrue();
          });
      // Then
      assertThat(tenant.secret("acme-token")).isPresent();
      assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
      tenant.person().runs("delete", "cwi", "acme", "--timeout=30s");
      assertThat(tenant.account().instances()).isEmpty();
      assertThat(operator.log()).noneMatch(line -> line.contains("orbidden"));
    }
  }
}
