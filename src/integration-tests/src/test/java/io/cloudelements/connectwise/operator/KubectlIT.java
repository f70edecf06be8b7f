package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.Kubectl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator as seen by kubectl alone. */
@RealOperator
class KubectlIT {
  private static final String HELP_DESK =
      Tenant.helpDesk("acme", "name: Acme help desk", "tags: [b, a]", "enabled: true");

  /** The usual last line of a pipeline. */
  @Test
  void kubectlWaitsForReady(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    tenant.applies(HELP_DESK);
    // When
    String said =
        tenant.person().runs("wait", "cwi/acme", "--for=condition=Ready", "--timeout=20s");
    // Then
    assertThat(said).contains("connectwiseinstance.cloudelements.io/acme condition met");
    assertThat(tenant.account().instances()).hasSize(1);
  }

  /** One line says whether all is well, and a wide one why not. */
  @Test
  void kubectlGetShowsStateAndReason(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    tenant.applies(HELP_DESK);
    tenant.applies(HELP_DESK.replace("acme", "lost"));
    tenant.awaitsReady("acme");
    tenant.awaits("lost", lost -> lost.condition("Synced").isFalse().hasReason("WaitingForSecret"));
    // When
    String table = tenant.person().gets("cwi");
    String wide = tenant.person().gets("cwi", "-o", "wide");
    // Then
    assertThat(table.lines().findFirst().orElseThrow())
        .matches("NAME +HUB +INSTANCE +STATE +READY +REASON +SECRET +AGE *");
    assertThat(table)
        .containsPattern(
            "acme +helpdesk +"
                + tenant.account().instance().id()
                + " +Valid +True +Available +acme-token +")
        .containsPattern("lost +helpdesk +Pending +False +WaitingForSecret +");
    assertThat(wide.lines().findFirst().orElseThrow())
        .matches(".*AGE +MESSAGE +NAME +ACCOUNT +NEXT *");
    assertThat(wide)
        .containsPattern("acme .*Instance \\d+ of connectwisehd is valid and enabled. +Acme help")
        .containsPattern("lost .*Secret lost-credentials does not exist in this namespace");
  }

  /** The place where people look first when something is wrong. */
  @Test
  void kubectlDescribeShowsConditionsAndEvents(Tenant tenant) {
    // Given
    tenant.appliesCredentials(keys -> keys.put("company", " acme"));
    tenant.applies(HELP_DESK);
    tenant.awaits("acme", acme -> acme.isStalled("MalformedEntries"));
    tenant.appliesCredentials();
    tenant.awaitsReady("acme");
    tenant.awaits("the events", () -> assertThat(tenant.events("acme")).hasSize(2));
    // When
    String described = tenant.person().runs("describe", "cwi", "acme");
    // Then
    assertThat(described)
        .containsPattern("Type: +Ready")
        .containsPattern("Instance Id: +" + tenant.account().instance().id())
        .containsPattern("Warning +MalformedEntries .*key company")
        .containsPattern("Normal +Provisioned .*is provisioned")
        .doesNotContain(TenantAccount.PASSWORD, tenant.account().secret());
  }

  /** A GitOps tool that finds a difference where there is none applies for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"--server-side=false", "--server-side=true"})
  void kubectlDiffShowsNoDifferenceToTheAppliedManifest(String mode, Tenant tenant) {
    // Given
    Kubectl kubectl = tenant.person().kubectl();
    String namespace = "--namespace=" + tenant.name();
    tenant.appliesCredentials();
    kubectl.runWithInput(HELP_DESK, namespace, "apply", mode, "-f", "-");
    tenant.awaitsReady("acme");
    // When
    Kubectl.KubectlResult difference =
        kubectl.attemptWithInput(HELP_DESK, namespace, "diff", mode, "-f", "-");
    // Then
    assertThat(difference.output()).isEmpty();
    assertThat(difference.exitCode()).as(difference.errors()).isZero();
  }
}
