package io.cloudelements.connectwise.operator;

import static io.cloudelements.connectwise.operator.TokenSecretAssert.assertThatSecret;
import static io.cloudelements.connectwise.operator.TokenSecretAssert.secretWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The token Secret that applications read stays right, and foreign Secrets stay as they are. */
@RealOperator
class TokenSecretIT {
  private static final String TOKEN = "acme-token";
  private static final String HELD = "{\"metadata\":{\"finalizers\":[\"example.com/backup\"]}}";
  private static final String RELEASED = "{\"metadata\":{\"finalizers\":null}}";

  /** A backup restored without status must not cost a second instance. */
  @Test
  void findsTheInstanceAfterALostStatus(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    // When
    tenant.person().patchesStatus("cwi", "acme", "{\"status\":null}");
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(instance.id()));
    assertThat(tenant.account().mutations().stream().filter(Route.POST_INSTANCES::equals))
        .hasSize(1);
    assertThat(tenant.deliveredToken(TOKEN)).isEqualTo(instance.token());
  }

  /** Applications that start now need it now. */
  @Test
  void recreatesADeletedSecret(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    // When
    tenant.person().deletes("secret", TOKEN);
    // Then
    tenant.awaits(
        "the Secret",
        () ->
            assertThat(tenant.secret(TOKEN).map(values -> values.get("token")))
                .contains(instance.token()));
    tenant.awaits(
        "the event",
        () ->
            assertThat(tenant.events("acme"))
                .containsExactlyInAnyOrder("Normal Provisioned", "Normal TokenSecretRepaired"));
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** A wrong token looks like a fault of the service. */
  @Test
  void repairsAnEditedSecret(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.person().runs("label", "secret", TOKEN, "team=blue");
    // When
    tenant.edits(TOKEN, Map.of("token", "edited"));
    // Then
    tenant.awaits(
        "the token", () -> assertThat(tenant.deliveredToken(TOKEN)).isEqualTo(instance.token()));
    tenant.awaits(
        "the event",
        () -> assertThat(tenant.events("acme")).contains("Normal TokenSecretRepaired"));
    assertThat(tenant.person().gets("secret", TOKEN, "-o", "jsonpath={.metadata.labels}"))
        .contains("\"team\":\"blue\"");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** A template changes the Secret alone, so the service is not called. */
  @Test
  void writesAChangedTemplateWithoutACall(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme", "tokenSecret: {template: {OLD: $(token)}}");
    assertThat(tenant.secret(TOKEN).orElseThrow()).containsEntry("OLD", instance.token());
    int calls = tenant.account().calls().size();
    // When
    tenant.changes(
        "acme",
        "{\"tokenSecret\":{\"template\":{\"OLD\":null,\"AUTH\":\"$(authorization)\",\"LITERAL\":\"$$(token)\"}}}");
    // Then
    tenant.awaits(
        "the keys",
        () ->
            assertThat(tenant.secret(TOKEN).orElseThrow())
                .containsEntry(
                    "AUTH",
                    "User %s, Organization %s, Element %s"
                        .formatted(
                            tenant.account().secret(),
                            tenant.account().organizationSecret(),
                            instance.token()))
                .containsEntry("LITERAL", "$(token)")
                .doesNotContainKey("OLD"));
    tenant.awaitsReady("acme");
    assertThat(tenant.account().calls()).hasSize(calls);
    assertThat(tenant.events("acme")).containsExactly("Normal Provisioned");
  }

  /** A foreign Secret must survive when spec.tokenSecret.name is its name. */
  @Test
  void createsNothingWhileAForeignSecretHasTheName(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    tenant.appliesSecret(TOKEN, Map.of("token", "theirs"));
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme", acme -> acme.isStalled("SecretConflict").says(TOKEN, "spec.tokenSecret.name"));
    assertThat(tenant.secret(TOKEN)).contains(Map.of("token", "theirs"));
    assertThat(tenant.account().calls()).isEmpty();
    tenant.person().deletes("secret", TOKEN);
    tenant.awaitsReady("acme");
    assertThatSecret(tenant, TOKEN).hasCurrentToken();
  }

  /** The new one is there before the old one goes, so that a rollout finds either. */
  @Test
  void replacesTheFormerSecretAfterARename(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    // When
    tenant.changes("acme", "{\"tokenSecret\":{\"name\":\"help-desk\",\"labels\":{\"a\":\"b\"}}}");
    // Then
    tenant.awaits("the former one goes", () -> assertThat(tenant.secret(TOKEN)).isEmpty());
    tenant.awaitsReady("acme");
    assertThat(tenant.deliveredToken("help-desk")).isEqualTo(instance.token());
    assertThat(tenant.find("acme").orElseThrow().getStatus().binding().name())
        .isEqualTo("help-desk");
    assertThat(secretWrites(tenant))
        .containsExactly(
            "create secrets/acme-token 201",
            "create secrets/help-desk 201",
            "delete secrets/acme-token 200");
  }

  /** Renaming must not take what another resource or a person already has under that name. */
  @Test
  void keepsTheFormerSecretWhenTheNewNameIsTaken(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    tenant.appliesSecret("taken", Map.of("token", "theirs"));
    // When
    tenant.changes("acme", "{\"tokenSecret\":{\"name\":\"taken\"}}");
    // Then
    tenant.awaits("acme", acme -> acme.isStalled("SecretConflict").hasInstance(instance.id()));
    assertThat(tenant.secret("taken")).isEqualTo(Optional.of(Map.of("token", "theirs")));
    assertThat(tenant.deliveredToken(TOKEN)).isEqualTo(instance.token());
  }

  /** A restore brings Secrets back without their owners. */
  @Test
  void restoresAMissingOwnerReference(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme");
    // When
    tenant.person().patches("secret", TOKEN, "{\"metadata\":{\"ownerReferences\":null}}");
    // Then
    tenant.awaits(
        "the owner",
        () ->
            assertThat(tenant.person().gets("secret", TOKEN, "-o", "jsonpath={.metadata}"))
                .contains("\"kind\":\"ConnectWiseInstance\""));
    tenant.awaitsReady("acme");
    assertThat(tenant.deliveredToken(TOKEN)).isEqualTo(instance.token());
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** Without the status nothing but the owner tells of the former Secret and its living token. */
  @Test
  void deletesAFormerSecretAfterALostStatus(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    tenant.changes("acme", "{\"suspend\":true}");
    tenant.awaits("acme", acme -> acme.condition("Synced").isUnknown());
    tenant
        .person()
        .patchesStatus("cwi", "acme", "{\"status\":{\"tokenSecretRef\":null,\"binding\":null}}");
    // When
    tenant.changes("acme", "{\"suspend\":null,\"tokenSecret\":{\"name\":\"help-desk\"}}");
    // Then
    tenant.awaits("the former one goes", () -> assertThat(tenant.secret(TOKEN)).isEmpty());
    tenant.awaitsReady("acme");
    assertThat(tenant.secret("help-desk")).isPresent();
  }

  /** A label or annotation that the manifest no longer has must be removed from the Secret. */
  @Test
  void removesALabelThatTheSpecNoLongerNames(Tenant tenant) {
    // Given
    tenant.provisions("acme", "tokenSecret: {labels: {team: blue}}");
    tenant.person().runs("label", "secret", TOKEN, "theirs=stays");
    // When
    tenant.changes("acme", "{\"tokenSecret\":null}");
    // Then
    tenant.awaits(
        "the label",
        () ->
            assertThat(tenant.person().gets("secret", TOKEN, "-o", "jsonpath={.metadata.labels}"))
                .contains("theirs")
                .doesNotContain("blue"));
  }

  /** The Secret goes with the finalizer, so that the new resource does not meet it. */
  @Test
  void deliversTheSecretOfAReplacedResource(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    // When
    tenant.person().replacesByForce(Tenant.helpDesk("acme"));
    // Then
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations())
        .as("one instance at a time")
        .containsExactly(Route.POST_INSTANCES, Route.DELETE_INSTANCE, Route.POST_INSTANCES);
    assertThatSecret(tenant, TOKEN).hasCurrentToken();
    tenant.awaits(
        "the events",
        () ->
            assertThat(tenant.events("acme"))
                .containsExactlyInAnyOrder(
                    "Normal Provisioned", "Normal Deleted", "Normal Provisioned"));
    assertThatSecret(tenant, "acme-token").wasMadeAnew();
  }

  /**
   * The instance is kept, and so is what applications were given; the configuration is sent again,
   * since the new resource does not know what was sent before.
   */
  @Test
  void aReplacedResourceFindsItsRetainedInstance(Tenant tenant) {
    // Given
    tenant.provisions("acme", "deletionPolicy: Retain");
    String token = tenant.deliveredToken(TOKEN);
    // When
    tenant.person().replacesByForce(Tenant.helpDesk("acme", "deletionPolicy: Retain"));
    // Then
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.PUT_INSTANCE);
    assertThat(tenant.deliveredToken(TOKEN)).isEqualTo(token);
  }

  /**
   * A Secret that is kept by a finalizer of others is waited for, and nothing is made meanwhile.
   */
  @Test
  void waitsForTheSecretOfAFormerResource(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    tenant.person().patches("secret", TOKEN, HELD);
    // When
    tenant.person().replacesByForce(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme",
        acme -> acme.condition("Reconciling").isTrue().hasReason("FormerSecret").says(TOKEN));
    assertThat(tenant.find("acme").orElseThrow().getStatus().conditions())
        .noneMatch(condition -> condition.getType().equals("Stalled"));
    assertThat(tenant.account().instances()).isEmpty();
    tenant.person().patches("secret", TOKEN, RELEASED);
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.DELETE_INSTANCE, Route.POST_INSTANCES);
    assertThatSecret(tenant, TOKEN).hasCurrentToken();
  }
}
