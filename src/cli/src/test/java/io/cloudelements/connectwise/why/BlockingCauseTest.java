package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secrets of a shared account belong into its owner's Secret, and into no tenant's. */
class BlockingCauseTest {
  private static final String ACCOUNT =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: acme-production, namespace: platform, generation: 1}
      spec: {secretRef: {name: acme-admin}}
      status:
        conditions: [{type: Ready, status: "True", reason: Verified}]
      """;

  @ParameterizedTest
  @ValueSource(strings = {"AccountRejected", "AccessDenied"})
  void whoSeesTheAccountMendsItsSecret(String reason) {
    // Given
    Sight<CloudElementsAccount> account =
        new Sight.Visible<>(Serialization.unmarshal(ACCOUNT, CloudElementsAccount.class));
    // When
    BlockingCause cause = BlockingCause.of(facts(reason, account)).orElseThrow();
    // Then
    assertThat(cause.reason()).isEqualTo(reason);
    assertThat(cause.command()).startsWith("kubectl -n platform patch secret acme-admin ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccountRejected", "AccessDenied"})
  void whoDoesNotSeeTheAccountIsShownWhoseItIs(String reason) {
    // Given // When
    BlockingCause cause = BlockingCause.of(facts(reason, new Sight.Forbidden<>())).orElseThrow();
    // Then
    assertThat(cause.command()).isEqualTo("kubectl -n platform describe cea acme-production");
  }

  private static WhyFacts facts(String reason, Sight<CloudElementsAccount> account) {
    ConnectWiseInstance resource =
        Serialization.unmarshal(
            """
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata: {name: acme, namespace: billing, generation: 1}
            spec:
              hub: helpdesk
              credentialsSecretRef: {name: acme-connectwise}
              accountRef: {name: acme-production, namespace: platform}
            status:
              observedGeneration: 1
              conditions:
              - {type: Ready, status: "False", reason: %s, message: refused, observedGeneration: 1}
              - {type: Synced, status: "False", reason: %s, message: refused, observedGeneration: 1}
            """
                .formatted(reason, reason),
            ConnectWiseInstance.class);
    return new WhyFacts(
        resource,
        Optional.of(account),
        new Sight.Forbidden<>(),
        new Sight.Forbidden<>(),
        new Sight.Forbidden<>(),
        new Sight.Forbidden<>(),
        new AdmissionView.NotAsked());
  }
}
