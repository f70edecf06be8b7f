package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.connectwise.operator.TenantAccount;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A tenant whose credentials are as large as they may be, beside one with the usual few. */
@RealOperator(OperatorScope.TEST)
class LargeCredentialsIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int RESOURCES = 16;

  /** With the account's and ConnectWise's own the 256 that a resource may have. */
  private static final int FURTHER_ENTRIES = 250;

  private static final int VALUE_BYTES = 1_000;

  /**
   * Sixteen refused calls at once, each with nearly a mebibyte from the tenant's own server that
   * quotes a part of what was sent and much that is like it, on a heap of 192 MiB.
   */
  @Test
  void largeCredentialsDoNotDelayANeighbour(Tenant tenant, OperatedCluster cluster) {
    // Given
    OperatorProcess operator = cluster.operator();
    TenantAccount large = tenant.opensAccount("-large");
    tenant.appliesSecret("large", withFurtherEntries(large.credentials()));
    tenant.appliesCredentials();
    large.faultsOn(Route.POST_INSTANCES).inject(new Fault.Status(400, Map.of(), refusal(), false));
    // When
    tenant.applies(
        IntStream.range(0, RESOURCES)
            .mapToObj(number -> Tenant.helpDesk("large-" + number, "deletionPolicy: Retain"))
            .map(manifest -> manifest.replace(Tenant.CREDENTIALS, "large"))
            .collect(Collectors.joining("---\n")));
    await("the tenant's resources are refused")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(messages(tenant))
                .hasSize(RESOURCES)
                .allSatisfy(message ->
                    assertThat(message).contains("ConnectWise says: \"Login refused ********")));
    tenant.applies(Tenant.helpDesk("neighbour", "deletionPolicy: Retain"));
    // Then
    tenant.awaitsReady(List.of("neighbour"), SOON);
    assertThat(operator.isAlive()).isTrue();
    assertThat(operator.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
  }

  /** Expanded, the template would be a gigabyte: each of its texts names both secrets 256 times. */
  @Test
  void aTemplateOfLargeSecretsDoesNotDelayANeighbour(Tenant tenant, OperatedCluster cluster) {
    // Given
    OperatorProcess operator = cluster.operator();
    Map<String, String> credentials = tenant.opensAccount("-large").credentials();
    credentials.put("userSecret", "u".repeat(65_000));
    credentials.put("organizationSecret", "o".repeat(65_000));
    tenant.appliesSecret("large", credentials);
    tenant.appliesCredentials();
    String texts =
        IntStream.range(0, 32)
            .mapToObj(number -> "k%d: %s".formatted(number, "$(authorization)".repeat(256)))
            .collect(Collectors.joining(", "));
    // When
    tenant.applies(
        Tenant.helpDesk("large", "tokenSecret: {template: {" + texts + "}}")
            .replace(Tenant.CREDENTIALS, "large"));
    // Then
    tenant.awaits("large", large -> large.isStalled("TemplateRefused").says("larger than 256 KiB"));
    tenant.applies(Tenant.helpDesk("neighbour", "deletionPolicy: Retain"));
    tenant.awaitsReady(List.of("neighbour"), SOON);
    assertThat(operator.isAlive()).isTrue();
  }

  private static String value(int number) {
    return ("v%04d-".formatted(number)).repeat(VALUE_BYTES / 6 + 1).substring(0, VALUE_BYTES);
  }

  private static String refusal() {
    return """
    {"requestId": "5b0437c6e4b07731ae39b533", "message": "Request failed",
     "providerMessage": "Login refused %s"}
    """
        .formatted(value(7) + " " + "v0007x".repeat(150_000));
  }

  private static Map<String, String> withFurtherEntries(Map<String, String> credentials) {
    IntStream.range(0, FURTHER_ENTRIES)
        .forEach(number -> credentials.put("helpdesk.connectwise.custom" + number, value(number)));
    return credentials;
  }

  private static List<String> messages(Tenant tenant) {
    return tenant.resources().stream()
        .filter(resource -> resource.getStatus() != null)
        .flatMap(resource -> resource.getStatus().conditions().stream())
        .filter(condition -> condition.getType().equals("Stalled"))
        .map(Condition::getMessage)
        .toList();
  }
}
