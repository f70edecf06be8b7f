package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart makes of values for shared accounts. */
class ChartAccountsTest {
  /**
   * Uninstalling would otherwise delete accounts, and no operator would remove their finalizers.
   */
  @Test
  void accountsOfTheListAreKeptAndHaveNoSecret() {
    // Given
    String values = Installation.SHARED_ACCOUNTS.yaml();
    // When
    Rendered rendered = Rendered.from(values);
    // Then
    List<JsonNode> accounts = rendered.ofKind("CloudElementsAccount");
    assertThat(accounts)
        .extracting(account -> account.at("/metadata/namespace").asText())
        .containsExactly("connectwise-accounts", Rendered.NAMESPACE);
    assertThat(accounts)
        .allSatisfy(account ->
            assertThat(account.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                .isEqualTo("keep"));
    JsonNode first = accounts.getFirst();
    assertThat(first.at("/metadata/labels/example.com~1team").asText()).isEqualTo("integration");
    assertThat(first.at("/metadata/annotations/example.com~1contact").asText())
        .isEqualTo("platform");
    assertThat(first.at("/spec/limits/instances").asInt()).isEqualTo(500);
    assertThat(rendered.kinds()).doesNotContain("Secret");
  }

  /** A tenant who may edit resources would otherwise share accounts, or see what others have. */
  @Test
  void onlyAdministratorsOfANamespaceMayTouchItsAccounts() {
    // Given
    String values = "{}";
    // When
    List<JsonNode> roles =
        Rendered.from(values).ofKind("ClusterRole").stream()
            .filter(role -> role.toString().contains("rbac.authorization.k8s.io/aggregate-to-"))
            .filter(role -> role.get("rules").toString().contains("cloudelementsaccounts"))
            .toList();
    // Then
    assertThat(roles)
        .singleElement()
        .satisfies(role -> assertThat(aggregations(role)).containsExactly("admin"));
  }

  /** All namespaces of a cluster are seen by those alone who asked for it. */
  @Test
  void namespacesAreWatchedOnlyForSelectors() {
    // Given // When
    Rendered selecting = Rendered.from("accounts: {namespaceSelectors: true}");
    Rendered naming = Rendered.from("{}");
    // Then
    assertThat(selecting.verbs("ClusterRole", "namespaces"))
        .containsExactly("get", "list", "watch");
    assertThat(selecting.environment()).containsEntry("ACCOUNT_NAMESPACE_SELECTORS", "true");
    assertThat(naming.verbs("ClusterRole", "namespaces")).containsExactly("get");
    assertThat(naming.environment()).containsEntry("ACCOUNT_NAMESPACE_SELECTORS", "false");
  }

  private static Stream<String> aggregations(JsonNode role) {
    return role.at("/metadata/labels")
        .propertyStream()
        .map(label -> label.getKey())
        .filter(label -> label.startsWith("rbac.authorization.k8s.io/aggregate-to-"))
        .map(label -> label.replaceFirst(".*-to-", ""));
  }
}
