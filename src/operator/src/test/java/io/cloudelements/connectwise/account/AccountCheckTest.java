package io.cloudelements.connectwise.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found of an account, and what its owner is told. */
class AccountCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final AccountCheck.BaseUrlSettings SETTINGS =
      new AccountCheck.BaseUrlSettings(
          URI.create("https://api.example.com/elements/api-v2"),
          url -> url.getHost().endsWith(".example.com"));
  private static final OrganizationAnswer ACME = told("4711", "ACME");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          suspend: true                            | Suspended         | Set it to false to go on
          baseUrl: https://elsewhere.test/api      | BaseUrlNotAllowed | CLOUD_ELEMENTS_ALLOWED_BASE_URLS
          baseUrl: 'https://no url'                | InvalidSpec       | Correct the spec
          """)
  void asksNothingWhereTheSpecIsInTheWay(String line, String reason, String wayOut) {
    // When
    AccountCheckResult result = found(Accounts.account(line), Optional.of(Accounts.secret()));
    // Then
    assertThat(result.reason().label()).isEqualTo(reason);
    assertThat(result.message()).contains(wayOut);
    assertThat(result.verified()).isEmpty();
  }

  @Test
  void namesTheSecretThatIsMissing() {
    // When
    AccountCheckResult result = found(Accounts.account(), Optional.empty());
    // Then
    assertThat(result.reason()).isEqualTo(AccountReason.SECRET_NOT_FOUND);
    assertThat(result.message()).contains("Secret acme-admin", "userSecret");
  }

  @Test
  void namesTheKeyThatHalfASecretLacks() {
    // When
    AccountCheckResult result =
        found(Accounts.account(), Optional.of(Accounts.secret(Map.of("userSecret", "user"))));
    // Then
    assertThat(result.reason()).isEqualTo(AccountReason.MISSING_ENTRIES);
    assertThat(result.message()).contains("organizationSecret").doesNotContain("key userSecret");
  }

  @Test
  void pinsTheOrganizationThatTheServiceTells() {
    // When
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    // Then
    AccountFacts facts = AccountFacts.of(account);
    assertThat(facts.organization().orElseThrow().id()).isEqualTo("4711");
    assertThat(facts.reason()).contains(AccountReason.VERIFIED);
    assertThat(facts.fingerprint())
        .contains(Account.ofOrganization(SETTINGS.defaultBaseUrl(), "4711"));
  }

  @Test
  void asksNothingAgainWhileTheSecretsAreTheSame() {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    // When
    AccountCheckResult result = found(account, Optional.of(Accounts.secret()));
    // Then
    assertThat(result.reason()).isEqualTo(AccountReason.VERIFIED);
    assertThat(
            AccountStatusComposer.compose(
                account, result, AccountUse.none(), false, NOW.plusSeconds(60)))
        .isEqualTo(account.getStatus());
  }

  @Test
  void asksAgainWhenAPersonRequestsIt() {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    annotate(account, Annotations.RECONCILE_REQUESTED_AT, "now");
    // When
    AccountCheck.NextStep step = check(account).begin(Optional.of(Accounts.secret()));
    // Then
    assertThat(step).isInstanceOf(AccountCheck.NextStep.Ask.class);
  }

  static Stream<RemoteFailure> noAcceptances() {
    return Stream.of(
        new RemoteFailure.AccountRejected(RemoteFailure.ErrorAnswer.NONE),
        new RemoteFailure.AccessDenied(RemoteFailure.ErrorAnswer.NONE),
        new RemoteFailure.TimedOut(Duration.ofSeconds(15), Effect.NONE));
  }

  /** It would call verified, without a call, what the service has just not accepted. */
  @ParameterizedTest
  @MethodSource("noAcceptances")
  void asksAgainAfterARequestedCheckWithoutAnAcceptance(RemoteFailure failure) {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    annotate(account, Annotations.RECONCILE_REQUESTED_AT, "now");
    AccountCheckResult result =
        check(account).failed(asked(account, Accounts.secret()), failure, NOW);
    account.setStatus(
        AccountStatusComposer.compose(account, result, AccountUse.none(), false, NOW));
    // When
    AccountCheck.NextStep step = check(account).begin(Optional.of(Accounts.secret()));
    // Then
    assertThat(step).isInstanceOf(AccountCheck.NextStep.Ask.class);
  }

  @Test
  void aRotationOfTheUserIsNoOtherAccount() {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    AccountFacts before = AccountFacts.of(account);
    // When
    verified(account, rotated(), ACME);
    // Then
    AccountFacts after = AccountFacts.of(account);
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    assertThat(after.verified()).isPresent().isNotEqualTo(before.verified());
  }

  @Test
  void anotherOrganizationIsHeldUntilItIsConfirmedByItsId() {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    AccountFacts before = AccountFacts.of(account);
    OrganizationAnswer other = told("4712", "Other");
    // When
    verified(account, rotated(), other);
    // Then
    AccountFacts held = AccountFacts.of(account);
    assertThat(held.reason()).contains(AccountReason.IDENTITY_CHANGED);
    assertThat(held.ready().orElseThrow().getMessage())
        .contains("4712 (Other)", "4711 (ACME)", "confirm-identity=4712");
    assertThat(held.verified()).isEqualTo(before.verified());
    assertThat(held.organization()).isEqualTo(before.organization());
    // When
    annotate(account, AccountCheck.CONFIRM_IDENTITY, "true");
    verified(account, rotated(), other);
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.IDENTITY_CHANGED);
    // When
    annotate(account, AccountCheck.CONFIRM_IDENTITY, "4712");
    verified(account, rotated(), other);
    // Then
    assertThat(AccountFacts.of(account).organization().orElseThrow().id()).isEqualTo("4712");
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.VERIFIED);
  }

  @Test
  void anOrganizationThatIsNotToldAnyMoreIsHeld() {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    // When
    verified(account, rotated(), new OrganizationAnswer.NotTold("a refusal (status 403)"));
    // Then
    AccountFacts facts = AccountFacts.of(account);
    assertThat(facts.reason()).contains(AccountReason.IDENTITY_CHANGED);
    String said = facts.ready().orElseThrow().getMessage();
    String value = said.replaceAll("(?s).*confirm-identity=([^)]*)\\).*", "$1");
    assertThat(value).startsWith("4711@");
    // When
    annotate(account, AccountCheck.CONFIRM_IDENTITY, "4711");
    verified(account, rotated(), new OrganizationAnswer.NotTold("a refusal (status 403)"));
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.IDENTITY_CHANGED);
    // When
    annotate(account, AccountCheck.CONFIRM_IDENTITY, value);
    verified(account, rotated(), new OrganizationAnswer.NotTold("a refusal (status 403)"));
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.VERIFIED);
    // When
    Secret next = Accounts.secret(Map.of("userSecret", "third", "organizationSecret", "o"));
    verified(account, next, new OrganizationAnswer.NotTold("a refusal (status 403)"));
    // Then
    assertThat(AccountFacts.of(account).reason())
        .as("a confirmation does not hold for other secrets")
        .contains(AccountReason.IDENTITY_CHANGED);
  }

  @Test
  void withoutAnOrganizationTheSecretsAreTheIdentity() {
    // Given
    OrganizationAnswer untold = new OrganizationAnswer.NotTold("a refusal (status 404)");
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), untold);
    AccountFacts before = AccountFacts.of(account);
    // When
    verified(account, rotated(), untold);
    // Then
    assertThat(AccountFacts.of(account).fingerprint())
        .isPresent()
        .isNotEqualTo(before.fingerprint());
    assertThat(AccountFacts.of(account).organization()).isEmpty();
  }

  @Test
  void aRefusalKeepsWhatWasVerifiedBefore() {
    // Given
    CloudElementsAccount account = verified(Accounts.account(), Accounts.secret(), ACME);
    AccountFacts before = AccountFacts.of(account);
    Account asked = asked(account, rotated());
    // When
    AccountCheckResult result =
        check(account)
            .failed(asked, new RemoteFailure.AccountRejected(RemoteFailure.ErrorAnswer.NONE), NOW);
    account.setStatus(
        AccountStatusComposer.compose(account, result, AccountUse.none(), false, NOW));
    // Then
    assertThat(AccountFacts.of(account).reason()).contains(AccountReason.ACCOUNT_REJECTED);
    assertThat(AccountFacts.of(account).verified()).isEqualTo(before.verified());
    assertThat(account.getStatus().conditions())
        .extracting(condition -> condition.getType() + "=" + condition.getStatus())
        .containsExactly("Ready=False", "Stalled=True");
  }

  private static OrganizationAnswer told(String id, String name) {
    return new OrganizationAnswer.Told(new Organization(id, Optional.of(name)));
  }

  private static Secret rotated() {
    return Accounts.secret(Map.of("userSecret", "next", "organizationSecret", "organization"));
  }

  private static AccountCheck check(CloudElementsAccount account) {
    return new AccountCheck(account, SETTINGS);
  }

  private static Account asked(CloudElementsAccount account, Secret secret) {
    return ((AccountCheck.NextStep.Ask) check(account).begin(Optional.of(secret))).account();
  }

  private static AccountCheckResult found(CloudElementsAccount account, Optional<Secret> secret) {
    return ((AccountCheck.NextStep.Done) check(account).begin(secret)).result();
  }

  /** The account with the status after a check. */
  private static CloudElementsAccount verified(
      CloudElementsAccount account, Secret secret, OrganizationAnswer answer) {
    AccountCheckResult result = check(account).accepted(asked(account, secret), answer);
    account.setStatus(
        AccountStatusComposer.compose(account, result, AccountUse.none(), false, NOW));
    return account;
  }

  private static void annotate(CloudElementsAccount account, String name, String value) {
    account.getMetadata().setAnnotations(Map.of(name, value));
  }
}
