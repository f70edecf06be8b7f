package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person changes reaches the instance, in one call, and the instance stays the same. */
@RealOperator
class ChangeIT {

  /** Names are not unique at the platform, and nothing may be found by them. */
  @Test
  void twoResourcesWithOneNameGetTwoInstances(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("one", "name: Acme"));
    tenant.applies(Tenant.helpDesk("two", "name: Acme"));
    // Then
    long one = tenant.awaitsReady("one").getStatus().instanceId();
    long two = tenant.awaitsReady("two").getStatus().instanceId();
    assertThat(one).isNotEqualTo(two);
    assertThat(tenant.account().instances())
        .extracting(Instance::name)
        .containsExactly("Acme", "Acme");
    assertThat(tenant.deliveredToken("one-token"))
        .isEqualTo(tenant.account().instance(one).token());
    assertThat(tenant.deliveredToken("two-token"))
        .isEqualTo(tenant.account().instance(two).token());
  }

  /** Neither needs ConnectWise, so the instance is not re-authenticated. */
  @Test
  void patchesNameAndTagsInOneCall(Tenant tenant) {
    // Given
    Instance before = tenant.provisions("acme", "name: Acme", "tags: [old, kept]");
    // When
    tenant.changes("acme", "{\"name\":\"Acme again\",\"tags\":[\"kept\",\"new\"]}");
    // Then
    tenant.awaitsReady("acme");
    tenant.awaitsReconcile("acme");
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.PATCH_INSTANCE);
    Instance after = tenant.account().instance();
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.name()).isEqualTo("Acme again");
    assertThat(after.tags())
        .containsExactlyInAnyOrder(
            "kept", "new", "connectwise-operator", tenant.account().ownershipTag("acme"));
    assertThat(tenant.events("acme"))
        .containsExactlyInAnyOrder("Normal Provisioned", "Normal Updated");
  }

  /** A rotation must not cost the applications their token. */
  @Test
  void sendsARotatedPasswordOnce(Tenant tenant) {
    // Given
    Instance before = tenant.provisions("acme");
    tenant.account().changesPasswordAtConnectWise("battery-staple");
    // When
    tenant.edits(Tenant.CREDENTIALS, Map.of("password", "battery-staple"));
    // Then
    tenant.awaits(
        "the new password",
        () ->
            assertThat(tenant.account().instance().configuration())
                .containsEntry("helpdesk.connectwise.password", "battery-staple"));
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(before.id()));
    tenant.awaitsReconcile("acme");
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.PUT_INSTANCE);
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(before.token());
    assertThat(tenant.events("acme"))
        .containsExactlyInAnyOrder("Normal Provisioned", "Normal CredentialsRotated");
  }

  /** The WSDL path goes stale with each release of ConnectWise. */
  @Test
  void sendsAChangedEntryOfTheSpec(Tenant tenant) {
    // Given
    Instance before = tenant.provisions("acme");
    // When
    tenant.changes(
        "acme", "{\"configuration\":{\"helpdesk.connectwise.wsdl.path\":\"/v2017_2/apis/2.0/\"}}");
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(before.id()));
    assertThat(tenant.account().instance().configuration())
        .containsEntry("helpdesk.connectwise.wsdl.path", "/v2017_2/apis/2.0/")
        .containsEntry("helpdesk.connectwise.password", TenantAccount.PASSWORD);
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.PUT_INSTANCE);
  }

  /** ConnectWise moves customers between regions. */
  @Test
  void sendsAChangedServerUrl(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    // When
    tenant.edits(Tenant.CREDENTIALS, Map.of("serverUrl", "https://eu.connectwise.example.com"));
    // Then
    tenant.awaits(
        "the new server",
        () ->
            assertThat(tenant.account().instance().configuration())
                .containsEntry(
                    "helpdesk.connectwise.server.url", "https://eu.connectwise.example.com"));
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.PUT_INSTANCE);
  }

  /** Off as asked is the desired state: a pipeline that waits for Ready must not hang. */
  @Test
  void aDisabledInstanceIsReadyWhenTheSpecAsksForIt(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    // When
    tenant.changes("acme", "{\"enabled\":false}");
    // Then
    tenant.awaits(
        "acme",
        acme -> acme.isReady().hasState("Disabled").condition("Ready").hasReason("Disabled"));
    assertThat(tenant.account().instance().disabled()).isTrue();
    tenant.changes("acme", "{\"enabled\":true}");
    tenant.awaits(
        "acme", acme -> acme.isReady().hasState("Valid").condition("Ready").hasReason("Available"));
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.DELETE_ENABLED, Route.PUT_ENABLED);
    tenant.awaits(
        "the events",
        () ->
            assertThat(tenant.events("acme"))
                .containsExactlyInAnyOrder(
                    "Normal Provisioned", "Normal Disabled", "Normal Enabled"));
  }

  /** An instance that the console disabled stays disabled while spec.enabled is unset. */
  @Test
  void reportsADisabledInstanceWhenEnabledIsUnset(Tenant tenant) {
    // Given
    Instance instance = tenant.provisions("acme", "enabled: true");
    tenant.changes("acme", "{\"enabled\":null}");
    tenant.awaitsReady("acme");
    tenant.account().outsideWorld().disable(instance.id());
    // When
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaits("acme", acme -> acme.isStalled("Disabled").hasState("Disabled"));
    assertThat(tenant.find("acme").orElseThrow().getStatus().disabled()).isTrue();
    assertThat(Collections.frequency(tenant.account().routes(), Route.PUT_ENABLED)).isZero();
  }
}
