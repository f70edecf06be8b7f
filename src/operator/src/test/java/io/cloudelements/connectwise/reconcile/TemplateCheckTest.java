package io.cloudelements.connectwise.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.TokenSecretTemplate;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a template cannot be written. */
class TemplateCheckTest {
  private static final ApplicationSecrets SECRETS =
      new ApplicationSecrets(SecretValue.of("u"), SecretValue.of("o"));

  private static final ApplicationSecrets LARGE =
      new ApplicationSecrets(
          SecretValue.of("u".repeat(65_000)), SecretValue.of("o".repeat(65_000)));

  /** No instance is made whose Secret cannot be used; no shared account's secret is given out. */
  @Test
  void refusesSecretsThatTheAccountDoesNotGive() {
    // Given
    TokenSecretTemplate template =
        template(Map.of("A", "$(authorization)", "B", "$(uri) $(userSecret)"));
    // When
    Optional<Outcome> refused = TemplateCheck.withoutSecrets(template, Optional.empty());
    // Then
    assertThat(refused.map(Outcome::reason)).contains(Reason.TEMPLATE_REFUSED);
    assertThat(refused.map(Outcome::message).orElseThrow())
        .isEqualTo(
            "spec.tokenSecret.template names $(userSecret), $(authorization), but the account of"
                + " this resource gives applications no secrets. Remove it, or have"
                + " applicationUser set in the CloudElementsAccount.");
    assertThat(TemplateCheck.withoutSecrets(template, Optional.of(SECRETS))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(token) $(instanceId) $(elementKey) $(hub) $(name) $(uri)",
        "$$(userSecret) $$(organizationSecret) $$(authorization)",
        "userSecret"
      })
  void needsNothingOfTheAccountForOtherTexts(String text) {
    // Given
    TokenSecretTemplate template = template(Map.of("A", text));
    // When
    Optional<Outcome> refused = TemplateCheck.withoutSecrets(template, Optional.empty());
    // Then
    assertThat(refused).isEmpty();
  }

  /** A tenant must not get at the organization's secret by a resource of the tenant's own. */
  @Test
  void refusesTheSecretOfASharedAccount() {
    // Given
    ReconcileInput input = shared(Optional.empty());
    // When
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    // Then
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DesiredResolver.Resolution.Blocked.class,
            blocked -> assertThat(blocked.outcome().reason()).isEqualTo(Reason.TEMPLATE_REFUSED));
  }

  @Test
  void deliversTheApplicationUserOfASharedAccount() {
    // Given
    ReconcileInput input = shared(Optional.of(SECRETS));
    // When
    Secret secret = input.tokenSecret(desired(input), 7, SecretValue.of("t")).orElseThrow();
    // Then
    assertThat(new String(Base64.getDecoder().decode(secret.getData().get("A")), UTF_8))
        .isEqualTo("User u, Organization o, Element t");
  }

  private static ReconcileInput shared(Optional<ApplicationSecrets> applicationUser) {
    return ReconcileInputs.helpdesk(
            "accountRef: {name: acme, namespace: accounts}",
            "tokenSecret: {template: {A: $(authorization)}}")
        .build()
        .with(ReconcileInputs.sharedAccount(applicationUser, "1"));
  }

  /** The token was longer than what was counted with before there was one. */
  @Test
  void doesNotDeliverATooLargeSecret() {
    // Given
    RemoteInstance instance =
        new RemoteInstance(
            7,
            SecretValue.of("t".repeat(513)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Set.of("made by hand")),
            Availability.UNKNOWN,
            Map.of());
    RecordedCluster cluster = new RecordedCluster();
    Reconciliation reconciliation =
        new Reconciliation(
            OneAnswer.to(InstanceCall.Read.class, () -> instance),
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
            InstantSource.system());
    // When
    reconciliation.run(
        ReconcileInputs.helpdesk(
                "managementPolicy: Observe",
                "adoptInstanceId: 7",
                "tokenSecret: {template: {A: " + "$(token)".repeat(512) + "}}")
            .build());
    // Then
    assertThat(StatusReader.reason(cluster.status())).contains(Reason.TEMPLATE_REFUSED);
    assertThat(cluster.writes()).noneMatch(write -> write.contains("token"));
  }

  /** It would take the memory that all tenants share: each text names both secrets 256 times. */
  @Test
  void refusesATemplateThatWouldBeAGigabyte() {
    // Given
    String texts =
        IntStream.range(0, 32)
            .mapToObj(i -> "k%d: %s".formatted(i, "$(authorization)".repeat(256)))
            .collect(Collectors.joining(", "));
    ReconcileInput input =
        ReconcileInputs.helpdesk(
                "accountRef: {name: acme, namespace: accounts}",
                "tokenSecret: {template: {" + texts + "}}")
            .build()
            .with(ReconcileInputs.sharedAccount(Optional.of(LARGE), "1"));
    // When
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    // Then
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DesiredResolver.Resolution.Blocked.class,
            blocked -> assertThat(blocked.outcome().reason()).isEqualTo(Reason.TEMPLATE_REFUSED));
  }

  /** Nothing is written for a deletion, so that nothing may hold it up. */
  @Test
  void doesNotBlockADeletion() {
    // Given
    ReconcileInput input =
        ReconcileInputs.helpdesk("tokenSecret:\n  template:\n    " + tooLarge().indent(4).strip())
            .deleting()
            .build();
    // When
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    // Then
    assertThat(resolution).isInstanceOf(DesiredResolver.Resolution.Resolved.class);
  }

  /** Keys whose texts are short and long when they are expanded. */
  static String tooLarge() {
    return IntStream.range(0, 12)
        .mapToObj(i -> "k%d: %s".formatted(i, "$(uri)".repeat(600)))
        .collect(Collectors.joining("\n"));
  }

  private static TokenSecretTemplate template(Map<String, String> texts) {
    return new TokenSecretTemplate("acme-token", Map.of(), Map.of(), texts);
  }

  private static DesiredInstance desired(ReconcileInput input) {
    return ((DesiredResolver.Resolution.Resolved)
            new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input))
        .desired();
  }
}
