package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Behaviour.WrongPassword;
import io.cloudelements.simulator.model.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals of the service: the cause, the message, and how each ends. */
@RealOperator
class RejectionIT {

  /** Support of the service asks for the request id first. */
  @Test
  void aRejectedAccountRecoversWithAnotherSecret(Tenant tenant) {
    // Given
    tenant.appliesCredentials(keys -> keys.put("userSecret", "mistyped"));
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme", acme -> acme.isStalled("AccountRejected").says("userSecret", "401", "request id "));
    assertThat(tenant.account().instances()).isEmpty();
    tenant.edits(Tenant.CREDENTIALS, Map.of("userSecret", tenant.account().secret()));
    tenant.awaitsReady("acme");
    tenant.awaits(
        "the events",
        () ->
            assertThat(tenant.events("acme"))
                .containsExactlyInAnyOrder("Warning AccountRejected", "Normal Provisioned"));
  }

  /** A plain refusal: nothing was made, so the corrected password may be sent at once. */
  @ParameterizedTest
  @EnumSource(
      value = WrongPassword.class,
      names = {"UNAUTHORIZED", "BAD_REQUEST"})
  void reportsARefusedLoginInTheWordsOfConnectWise(WrongPassword answer, Tenant tenant) {
    // Given
    tenant.account().platformBehaves(all -> all.with(b -> b.wrongPassword = answer));
    tenant.appliesCredentials(keys -> keys.put("password", "mistyped"));
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("ProviderRejected")
                .says("ConnectWise says: \"Username or password is incorrect.\"", "request id "));
    tenant.edits(Tenant.CREDENTIALS, Map.of("password", TenantAccount.PASSWORD));
    tenant.awaitsReady("acme");
    assertThat(tenant.account().instances()).hasSize(1);
  }

  /** A 5xx may have made an instance: told in ConnectWise's words too, but never repeated. */
  @ParameterizedTest
  @EnumSource(
      value = WrongPassword.class,
      names = {"SERVER_ERROR", "BAD_GATEWAY"})
  void doesNotRepeatACreationRefusedWithA5xx(WrongPassword answer, Tenant tenant) {
    // Given
    tenant.account().platformBehaves(all -> all.with(b -> b.wrongPassword = answer));
    tenant.appliesCredentials(keys -> keys.put("password", "mistyped"));
    // When
    tenant.applies(Tenant.helpDesk("acme", "deletionPolicy: Retain"));
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.says("ConnectWise says: \"Username or password is incorrect.\"", "request id ")
                .hasNo("Stalled")
                .condition("Ready")
                .isFalse()
                .hasReason("ServiceFailed"));
    tenant.awaitsReconcile("acme");
    assertThat(tenant.find("acme").orElseThrow().getStatus().provisioning()).isNotNull();
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** Some elements accept a wrong password and make an instance that does not work. */
  @Test
  void aDeadInstanceIsInvalidUntilThePasswordIsRight(Tenant tenant) {
    // Given
    tenant
        .account()
        .platformBehaves(all -> all.with(b -> b.wrongPassword = WrongPassword.DEAD_INSTANCE));
    tenant.appliesCredentials(keys -> keys.put("password", "mistyped"));
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme",
        acme -> {
          acme.hasState("Invalid").says("spec.credentialsSecretRef").condition("Synced").isTrue();
          acme.condition("Ready").isFalse().hasReason("Invalid");
        });
    long id = tenant.account().instance().id();
    tenant.edits(Tenant.CREDENTIALS, Map.of("password", TenantAccount.PASSWORD));
    tenant.awaits("acme", acme -> acme.isReady().hasState("Valid").hasInstance(id));
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.PUT_INSTANCE);
  }

  /** Providers quote what they were sent, and a status is read by more people than a Secret. */
  @Test
  void masksSecretsInMessagesOfTheService(Tenant tenant, OperatedCluster cluster) {
    // Given
    String quotes =
        """
        {"requestId": "5b0437c6e4b07731ae39b533", "message": "Request failed for %s",
         "providerMessage": "Login api1/%s refused"}
        """
            .formatted(tenant.account().secret(), TenantAccount.PASSWORD);
    tenant
        .account()
        .faultsOn(Route.POST_INSTANCES)
        .inject(new Fault.Status(400, Map.of(), quotes, false));
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.isStalled("ProviderRejected")
                .says("Request failed for ********", "Login api1/******** refused")
                .says("(request id 5b0437c6e4b07731ae39b533)"));
    tenant.awaits(
        "the event",
        () -> assertThat(tenant.events("acme")).containsExactly("Warning ProviderRejected"));
    assertThat(tenant.person().runs("get", "events.events.k8s.io", "-o", "json"))
        .contains("Login api1/******** refused")
        .doesNotContain(TenantAccount.PASSWORD, tenant.account().secret());
    assertThat(cluster.operator().log())
        .noneMatch(line -> line.contains(TenantAccount.PASSWORD))
        .noneMatch(line -> line.contains(tenant.account().secret()));
  }
}
