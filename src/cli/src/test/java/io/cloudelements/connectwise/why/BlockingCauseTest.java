package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountStatusComposer;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secrets of a shared account belong into its owner's Secret, and into no tenant's. */
class BlockingCauseTest {
  private static final String ACCOUNT =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: acme-production, namespace: platform, uid: 0, generation: 1}
      spec: {secretRef: {name: acme-admin}}
      status:
        conditions: [{type: Ready, status: "True", reason: Verified}]
      """;

  @ParameterizedTest
  @ValueSource(strings = {"AccountRejected", "AccessDenied", "AccountChanged"})
  void namesTheSecretOfAVisibleAccount(String reason) {
    // Given
    Sight<CloudElementsAccount> account = new Sight.Visible<>(account());
    // When
    BlockingCause cause = BlockingCause.of(facts(reason, account)).orElseThrow();
    // Then
    assertThat(cause.reason()).isEqualTo(reason);
    assertThat(cause.command()).startsWith("kubectl -n platform patch secret acme-admin ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccountRejected", "AccessDenied", "AccountChanged"})
  void namesTheNamespaceOfAnUnreadableAccount(String reason) {
    // Given // When
    BlockingCause cause = BlockingCause.of(facts(reason, new Sight.Forbidden<>())).orElseThrow();
    // Then
    assertThat(cause.command()).isEqualTo("kubectl -n platform describe cea acme-production");
  }

  /** The spec of the resource is as it should be, and nothing in its namespace helps. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AccountNotReady",
        "Suspended",
        "AccountRejected",
        "AccessDenied",
        "AccountChanged"
      })
  void namesTheOwnerOfAnUnreadableAccount(String reason) {
    // Given // When
    BlockingCause cause = BlockingCause.of(facts(reason, new Sight.Forbidden<>())).orElseThrow();
    // Then
    assertThat(cause.link()).isEqualTo(LinkName.ACCOUNT);
    assertThat(cause.meaning()).contains("ccount").doesNotStartWith("spec.suspend is true");
    assertThat(cause.remedy())
        .startsWith("Pass the message on to the owner of CloudElementsAccount platform/acme-");
    assertThat(cause.command()).isEqualTo("kubectl -n platform describe cea acme-production");
  }

  /** It may be absent, or in trouble: the reason does not say which before it has stayed away. */
  @Test
  void anUnseenAccountThatIsWaitedForIsNotCalledAbsent() {
    // Given // When
    BlockingCause cause =
        BlockingCause.of(facts("WaitingForAccount", new Sight.Forbidden<>())).orElseThrow();
    // Then
    assertThat(cause.meaning())
        .isEqualTo(ReasonText.of(Reason.WAITING_FOR_ACCOUNT).meaning())
        .isNotEqualTo(ReasonText.of(Reason.ACCOUNT_NOT_USABLE).meaning());
    assertThat(cause.waits()).isTrue();
  }

  /** The tenant's resources are in the tenant's namespace. */
  @Test
  void aQuotaIsMendedWhereTheResourcesAre() {
    // Given // When
    BlockingCause cause =
        BlockingCause.of(facts("QuotaReached", new Sight.Visible<>(account()))).orElseThrow();
    // Then
    assertThat(cause.command()).isEqualTo("kubectl -n billing get cwi");
  }

  /** The terms come first: with the Secret restored the namespace still may not use the account. */
  @ParameterizedTest
  @ValueSource(strings = {"AccountNotUsable", "NotPermitted"})
  void aRefusalByTheTermsIsNotExplainedByTheState(String reason) {
    // Given
    CloudElementsAccount account = account();
    account.setStatus(composed(account, changed(account)));
    // When
    BlockingCause cause =
        BlockingCause.of(facts(reason, new Sight.Visible<>(account))).orElseThrow();
    // Then
    assertThat(cause.reason()).isEqualTo(reason);
    assertThat(cause.message()).isEqualTo("refused");
  }

  /** The account's own message has the value. */
  @Test
  void showsTheConfirmationOfTheIdentityOfAVisibleAccount() {
    // Given
    CloudElementsAccount account = account();
    account.setStatus(composed(account, changed(account)));
    // When
    BlockingCause cause =
        BlockingCause.of(facts("AccountNotReady", new Sight.Visible<>(account))).orElseThrow();
    // Then
    assertThat(cause.reason()).isEqualTo("IdentityChanged");
    assertThat(cause.message()).contains("815 (Globex)").contains("4711 (ACME)");
    assertThat(cause.command())
        .isEqualTo(
            "kubectl -n platform annotate cea acme-production --overwrite"
                + " cloudelements.io/confirm-identity=815");
  }

  private static CloudElementsAccount account() {
    return Serialization.unmarshal(ACCOUNT, CloudElementsAccount.class);
  }

  /** Its secrets opened one organization, and open another one now. */
  private static AccountCheckResult changed(CloudElementsAccount account) {
    account.setStatus(composed(account, told(account, "4711", "ACME")));
    return told(account, "815", "Globex");
  }

  private static AccountCheckResult told(CloudElementsAccount account, String id, String name) {
    URI url = URI.create("https://api.example.com/elements/api-v2");
    return new AccountCheck(account, new AccountCheck.BaseUrlSettings(url, _ -> true))
        .accepted(
            new Account(url, SecretValue.of("user"), SecretValue.of("organization")),
            new OrganizationAnswer.Told(new Organization(id, Optional.of(name))));
  }

  private static CloudElementsAccountStatus composed(
      CloudElementsAccount account, AccountCheckResult result) {
    return AccountStatusComposer.compose(
        account, result, AccountUse.none(), true, Instant.parse("2026-11-24T10:00:00Z"));
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
    return UnseenFacts.of(resource, Optional.of(account));
  }
}
