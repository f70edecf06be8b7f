package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredResolverTest {
  private static final DesiredResolver RESOLVER = new DesiredResolver(ReconcileInputs.SETTINGS);

  @Test
  void fieldsHaveTheDocumentedDefaults() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.resource()).isEqualTo(ReconcileInputs.ID);
    assertThat(desired.element()).isEqualTo(Element.CONNECTWISE_HD);
    assertThat(desired.name()).isEqualTo("acme-helpdesk");
    assertThat(desired.tags()).isEqualTo(desired.ownershipTag().with(Set.of()));
    assertThat(desired.ownershipTag()).isEqualTo(OwnershipTag.of("cluster-a", ReconcileInputs.ID));
    assertThat(desired.configuration().entries().keySet())
        .containsExactly(
            "helpdesk.connectwise.company",
            "helpdesk.connectwise.password",
            "helpdesk.connectwise.server.url",
            "helpdesk.connectwise.username");
    assertThat(desired.account().baseUrl()).isEqualTo(ReconcileInputs.BASE_URL);
    assertThat(desired.enabled()).isEmpty();
    assertThat(desired.adoptInstanceId()).isEmpty();
    assertThat(desired.policy()).isEqualTo(ManagementPolicy.MANAGE);
    assertThat(desired.deletionPolicy()).isEqualTo(DeletionPolicy.DELETE);
    assertThat(desired.takeOver()).isEmpty();
    assertThat(desired.confirmations().recreate()).isEmpty();
  }

  @Test
  void resolvesAllFieldsOfTheSpec() {
    // Given
    ReconcileInput input =
        ReconcileInputs.of(
                """
                hub: crm
                element: connectwisecrm
                name: Acme
                tags: [b, a]
                credentialsSecretRef: {name: acme}
                accountSecretRef: {name: shared}
                baseUrl: https://api.example.co.uk/elements/api-v2/
                configurationPrefix: helpdesk.connectwise
                configuration: {filter.response.nulls: "false"}
                enabled: false
                adoptInstanceId: 7
                deletionPolicy: Retain
                managementPolicy: Observe
                """)
            .with("acme", ReconcileInputs.CREDENTIALS)
            .with("shared", Map.of("userSecret", "u", "organizationSecret", "o"))
            .build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.element()).isEqualTo(Element.CONNECTWISE_CRM);
    assertThat(desired.name()).isEqualTo("Acme");
    assertThat(desired.tags()).isEqualTo(desired.ownershipTag().with(Set.of("a", "b")));
    assertThat(desired.configuration().entries())
        .containsKeys("filter.response.nulls", "helpdesk.connectwise.password");
    assertThat(desired.account().baseUrl())
        .as("without a trailing slash")
        .isEqualTo(ReconcileInputs.OTHER_BASE_URL);
    assertThat(desired.account().userSecret()).isEqualTo(SecretValue.of("u"));
    assertThat(desired.enabled()).contains(false);
    assertThat(desired.adoptInstanceId()).contains(7L);
    assertThat(desired.policy()).isEqualTo(ManagementPolicy.OBSERVE);
    assertThat(desired.deletionPolicy()).isEqualTo(DeletionPolicy.RETAIN);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused(
            "hub: phone",
            Reason.INVALID_SPEC,
            "spec.hub \"phone\" is unknown; use helpdesk or crm."),
        refused(
            "hub: crm\nelement: connectwisehd",
            Reason.INVALID_SPEC,
            "spec.element \"connectwisehd\" is not an element of hub crm, which has connectwisecrm,"
                + " connectwisecrmrest."),
        refused(
            "hub: helpdesk\nelement: zendesk",
            Reason.INVALID_SPEC,
            "spec.element \"zendesk\" is not an element of hub helpdesk, which has"
                + " connectwisehd."),
        refused(
            "hub: crm\nmanagementPolicy: Watch",
            Reason.INVALID_SPEC,
            "spec.managementPolicy \"Watch\" is unknown to this version; use Manage, Observe,"
                + " Plan."),
        refused(
            "hub: crm\ndeletionPolicy: Keep",
            Reason.INVALID_SPEC,
            "spec.deletionPolicy \"Keep\" is unknown to this version; use Delete, Retain."),
        refused(
            "hub: crm\ntags: [a, connectwise-operator]",
            Reason.INVALID_SPEC,
            "spec.tags contains the reserved tag connectwise-operator; remove it."),
        refused(
            "hub: crm\ntokenSecret: {labels: {argocd.argoproj.io/secret-type: cluster}}",
            Reason.INVALID_SPEC,
            "spec.tokenSecret wants the label or annotation argocd.argoproj.io/secret-type, by"
                + " which another controller would act on the generated Secret (docs/security.md);"
                + " remove it."),
        refused(
            "hub: crm\ntokenSecret: {template: {uri: x, A: y}}",
            Reason.INVALID_SPEC,
            "spec.tokenSecret.template has the key uri, which the operator writes itself or no"
                + " Secret can have; choose another one."),
        refused(
            "hub: crm\ntokenSecret: {template: {A: $(token), B: $(password)}}",
            Reason.INVALID_SPEC,
            "spec.tokenSecret.template has an unknown placeholder in the text of B; there are"
                + " $(token), $(instanceId), $(elementKey), $(hub), $(name), $(uri), $(userSecret),"
                + " $(organizationSecret), $(authorization), and a literal $( is written $$(."),
        refused(
            "hub: crm\ntokenSecret: {template: {"
                + TemplateCheckTest.tooLarge().replace("\n", ", ")
                + "}}",
            Reason.TEMPLATE_REFUSED,
            "spec.tokenSecret.template makes Secret acme-helpdesk-token larger than 256 KiB."
                + " Shorten its texts, or have them name their placeholders less often."),
        refused(
            "hub: crm\nbaseUrl: 'not a URL'",
            Reason.INVALID_SPEC,
            "spec.baseUrl is not a URL; it looks like"
                + " https://api.cloud-elements.com/elements/api-v2."),
        refused(
            "hub: crm\nbaseUrl: https://evil.example.com/",
            Reason.BASE_URL_NOT_ALLOWED,
            "spec.baseUrl https://evil.example.com is not on the operator's list of allowed base"
                + " URLs, so no secret is sent there. Use an allowed one, or have"
                + " CLOUD_ELEMENTS_ALLOWED_BASE_URLS extended."),
        refused(
            "hub: crm\naccountRef: {name: acme}\naccountSecretRef: {name: shared}",
            Reason.INVALID_SPEC,
            "spec.accountRef excludes spec.accountSecretRef and spec.baseUrl, which the account"
                + " says itself; remove these."),
        refused(
            "hub: crm\naccountRef: {name: acme}\nbaseUrl: https://api.example.com",
            Reason.INVALID_SPEC,
            "spec.accountRef excludes spec.accountSecretRef and spec.baseUrl, which the account"
                + " says itself; remove these."),
        refused(
            "hub: crm\naccountSecretRef: {name: shared}",
            Reason.SECRET_NOT_FOUND,
            "Secret shared does not exist in this namespace. Create it, or correct the reference in"
                + " the spec; it is used at once."));
  }

  /** The API server refuses most of it, but an object may be older than the schema. */
  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalNamesTheFieldAndTheRemedy(String spec, Reason reason, String message) {
    // Given
    ReconcileInput input =
        ReconcileInputs.of(spec + "\ncredentialsSecretRef: {name: acme}")
            .with("acme", ReconcileInputs.CREDENTIALS)
            .build();
    // When
    Outcome outcome = blocked(input);
    // Then
    assertThat(outcome.reason()).isEqualTo(reason);
    assertThat(outcome.message()).isEqualTo(message);
  }

  static Stream<Arguments> credentials() {
    return Stream.of(
        refusedSecret(
            s -> s.without("acme"),
            Reason.SECRET_NOT_FOUND,
            "Secret acme does not exist in this namespace. Create it, or correct the reference in"
                + " the spec; it is used at once."),
        refusedSecret(
            s -> s.with("acme", changed("company", "")),
            Reason.MISSING_ENTRIES,
            "Secret acme lacks: key company (configuration entry helpdesk.connectwise.company),"
                + " which is empty. Add them; no call was made."),
        refusedSecret(
            s -> s.with("acme", changed("password", "hunter2\n")),
            Reason.MALFORMED_ENTRIES,
            "Values cannot be sent as they are: key password in Secret acme has a line break or"
                + " control character, U+000A LINE FEED (LF) at position 8; write it without (echo"
                + " -n, or stringData)."));
  }

  /** The message names the Secret's key and what is wrong with its value, never the value. */
  @ParameterizedTest
  @MethodSource("credentials")
  void aRefusalOfASecretNamesItsKeys(
      UnaryOperator<ReconcileInputs> change, Reason reason, String message) {
    // Given
    ReconcileInput input = change.apply(ReconcileInputs.helpdesk()).build();
    // When
    Outcome outcome = blocked(input);
    // Then
    assertThat(outcome.reason()).isEqualTo(reason);
    assertThat(outcome.message()).isEqualTo(message).doesNotContain("hunter2");
  }

  /** The generated Secret goes anyway. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels: {argocd.argoproj.io/secret-type: cluster}",
        "template: {uri: x}",
        "template: {A: $(password)}"
      })
  void aRefusedTokenSecretDoesNotBlockADeletion(String tokenSecret) {
    // Given
    ReconcileInput input =
        ReconcileInputs.of(
                "hub: crm\ncredentialsSecretRef: {name: acme}\ntokenSecret: {" + tokenSecret + "}")
            .with("acme", ReconcileInputs.CREDENTIALS)
            .deleting()
            .build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.element()).isEqualTo(Element.CONNECTWISE_CRM);
  }

  /** The Secret is often deleted together with the resource, and first. */
  @Test
  void aDeletionUsesRememberedCredentials() {
    // Given
    CredentialsResult.Complete known = complete(ReconcileInputs.helpdesk().build());
    ReconcileInputs without = ReconcileInputs.helpdesk().without("acme").remembering(known);
    // When
    Outcome living = blocked(without.build());
    // Then
    assertThat(living.reason()).as("while it lives").isEqualTo(Reason.SECRET_NOT_FOUND);
    assertThat(complete(without.deleting().build())).as("deleted").isEqualTo(known);
  }

  /** In a namespace that is being deleted nothing can be restored, and another account helps. */
  @Test
  void aDeletionWithoutCredentialsNamesTheAccountThatReplacesThem() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().without("acme").deleting().build();
    // When
    Outcome outcome = blocked(input);
    // Then
    assertThat(outcome.message())
        .isEqualTo(
            "Secret acme does not exist in this namespace, so the service cannot be asked. Restore"
                + " it. Where the namespace is being deleted too, nothing can be created in it:"
                + " then set spec.accountRef to a CloudElementsAccount of another namespace, with"
                + " the same secrets.");
  }

  /** What only a creation sends must not hold up what needs the account alone. */
  @Test
  void aDeletionNeedsOnlyTheAccountSecret() {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk("accountSecretRef: {name: shared}")
            .without("acme")
            .with("shared", Map.of("userSecret", "u", "organizationSecret", "o"))
            .deleting()
            .build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.account().userSecret()).isEqualTo(SecretValue.of("u"));
  }

  /** The message names what to mend in the Secret, as while the resource lives. */
  @Test
  void aDeletionWithAnIncompleteAccountNamesWhatIsMissing() {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk().with("acme", changed("userSecret", "")).deleting().build();
    // When
    Outcome outcome = blocked(input);
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.MISSING_ENTRIES);
    assertThat(outcome.message()).startsWith("Secret acme lacks: key userSecret");
  }

  /** An answer about the instance may still quote what an earlier reconcile sent. */
  @Test
  void aDeletionRedactsTheSecretsThatWereSentBefore() {
    // Given
    CredentialsResult.Complete known = complete(ReconcileInputs.helpdesk().build());
    Map<String, String> account =
        Map.of("userSecret", "the-user-secret", "organizationSecret", "the-organization-secret");
    ReconcileInput input =
        ReconcileInputs.helpdesk().with("acme", account).remembering(known).deleting().build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.access().secrets()).contains(SecretValue.of("hunter2"));
  }

  @Test
  void theSecretsOfAnAccountsApplicationsAreKnownSecrets() {
    // Given
    ReconcileInput input =
        ReconcileInputs.withoutAccount("accountRef: {name: acme, namespace: accounts}")
            .from(
                ReconcileInputs.sharedAccount(
                    Optional.of(
                        new ApplicationSecrets(
                            SecretValue.of("application-user"),
                            SecretValue.of("application-organization"))),
                    "r"))
            .build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.access().secrets())
        .contains(SecretValue.of("application-user"), SecretValue.of("application-organization"));
  }

  /** A key of the Secret that the element does not name itself. */
  @Test
  void listedEntriesAreSent() {
    // Given
    ReconcileInput input =
        ReconcileInputs.of(
                "hub: helpdesk\ncredentialsSecretRef: {name: acme, entries: [filter.response.nulls]}")
            .with("acme", changed("filter.response.nulls", "false"))
            .build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.configuration().entries()).containsKey("filter.response.nulls");
  }

  @ParameterizedTest
  @CsvSource({
    "'{name: acme}', integrations",
    "'{name: acme, namespace: \"\"}', integrations",
    "'{name: acme, namespace: platform}', platform"
  })
  void anAccountWithoutANamespaceIsOfItsOwn(String ref, String namespace) {
    // Given
    ReconcileInput input = ReconcileInputs.withoutAccount("accountRef: " + ref).build();
    // Then
    assertThat(input.spec().accountRef()).contains(new ResourceId(namespace, "acme"));
  }

  @Test
  void aDeletionPrefersTheCurrentCredentials() {
    // Given
    CredentialsResult.Complete known = complete(ReconcileInputs.helpdesk().build());
    ReconcileInput changed =
        ReconcileInputs.helpdesk()
            .with("acme", changed("userSecret", "another"))
            .remembering(known)
            .deleting()
            .build();
    // When
    DesiredInstance desired = resolved(changed);
    // Then
    assertThat(desired.account().userSecret()).isEqualTo(SecretValue.of("another"));
  }

  /** The service may quote the token in an answer, so it is redacted from there on. */
  @Test
  void onlyTokensOfOwnedSecretsAreKnownSecrets() {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk()
            .withToken("acme-helpdesk-token", "our-token")
            .with("stranger", Map.of("token", "not-ours"))
            .build();
    // When
    DesiredInstance desired = resolved(input);
    // Then
    assertThat(desired.access().secrets())
        .contains(
            SecretValue.of("our-token"),
            SecretValue.of("hunter2"),
            SecretValue.of("the-user-secret"))
        .doesNotContain(SecretValue.of("not-ours"));
  }

  /** What a confirmation names is for the planner to compare; nothing here takes it for a yes. */
  @Test
  void confirmationsKeepTheirValue() {
    // Given
    ReconcileInput annotated =
        ReconcileInputs.helpdesk()
            .annotated("cloudelements.io/take-over", "1234")
            .annotated("cloudelements.io/confirm-recreate", "true")
            .build();
    // When
    DesiredInstance desired = resolved(annotated);
    // Then
    assertThat(desired.takeOver()).contains("1234");
    assertThat(desired.confirmations().recreate()).contains("true");
  }

  private static DesiredInstance resolved(ReconcileInput input) {
    return ((DesiredResolver.Resolution.Resolved) RESOLVER.resolve(input)).desired();
  }

  private static CredentialsResult.Complete complete(ReconcileInput input) {
    return ((DesiredResolver.Resolution.Resolved) RESOLVER.resolve(input)).credentials();
  }

  private static Outcome blocked(ReconcileInput input) {
    return ((DesiredResolver.Resolution.Blocked) RESOLVER.resolve(input)).outcome();
  }

  private static Map<String, String> changed(String key, String value) {
    Map<String, String> values = new HashMap<>(ReconcileInputs.CREDENTIALS);
    values.put(key, value);
    return values;
  }

  private static Arguments refused(String spec, Reason reason, String message) {
    return Arguments.of(spec, reason, message);
  }

  private static Arguments refusedSecret(
      UnaryOperator<ReconcileInputs> change, Reason reason, String message) {
    return Arguments.of(change, reason, message);
  }
}
