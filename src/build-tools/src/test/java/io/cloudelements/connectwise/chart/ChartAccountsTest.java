package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the chart makes of values for shared accounts. */
class ChartAccountsTest {
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
}
