package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.audit.AuditKey;
import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Each call that changes something at the service has its line in the log, and each line its call.
 */
@RealOperator(OperatorScope.MANUAL)
class AuditTrailIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** With retries, lost answers and a deletion that is refused at first, over a whole life. */
  @Test
  void linesAreTheJournalOfTheService(Tenant tenant, OperatedCluster cluster) {
    // Given
    TenantAccount account = tenant.account();
    try (OperatorProcess operator =
        cluster.start(Map.of("WATCH_NAMESPACES", tenant.name(), "LOG_FORMAT", "json"))) {
      account.faultsOn(Route.POST_INSTANCES).first(1).inject(Fault.Status.of(400));
      // When
      Instance instance = provisionsAfterARefusal(tenant);
      changesWithALostAnswer(tenant, account);
      driftsAfterAnAnnotation(tenant, account, instance);
      deletesAfterARefusal(tenant, account, instance);
      // Then
      List<JsonNode> lines = auditLines(operator);
      assertThat(lines)
          .extracting(line -> line.path("method").asText() + " " + line.path("status").asText())
          .isEqualTo(
              account.calls().stream()
                  .filter(call -> !call.method().equals("GET"))
                  .map(AuditTrailIT::told)
                  .toList());
      assertThat(lines)
          .extracting(line ->
              String.join(
                  " ",
                  line.path("kind").asText(),
                  line.path("outcome").asText(),
                  line.path("effect").asText(),
                  line.path("fieldManager").asText()))
          .containsSubsequence(
              "create provider_rejected none kubectl-client-side-apply",
              "create success applied kubectl-client-side-apply",
              "patch connection_lost unknown kubectl-patch",
              "patch success applied kubectl-patch",
              "delete in_use none kubectl-patch",
              "delete success applied kubectl-patch");
      assertEveryLineIsComplete(lines, tenant);
      assertThat(operator.metric("connectwise_mutations_total")).isEqualTo(lines.size());
      assertThat(String.join("\n", lines.stream().map(JsonNode::toString).toList()))
          .doesNotContain(TenantAccount.CANARY, instance.token());
    }
  }

  private static Instance provisionsAfterARefusal(Tenant tenant) {
    tenant.appliesCredentials();
    tenant.applies(Tenant.helpDesk("acme", "name: Acme"));
    tenant.awaits("acme", acme -> acme.isStalled("ProviderRejected"));
    tenant.requestsReconcile("acme");
    tenant.awaitsReady("acme");
    return tenant.account().instance();
  }

  private static void changesWithALostAnswer(Tenant tenant, TenantAccount account) {
    awaitsTheNextSecond(tenant);
    account.faultsOn(Route.PATCH_INSTANCE).first(1).inject(new Fault.AppliedResponseLost());
    tenant.changes("acme", "{\"name\":\"Acme again\"}");
    tenant.awaits("the change", () -> assertThat(account.calls(Route.PATCH_INSTANCE)).isNotEmpty());
    tenant.awaitsReconcile("acme");
    tenant.awaitsReady("acme");
  }

  /** The API server keeps whole seconds, and of two managers in one second both are named. */
  private static void awaitsTheNextSecond(Tenant tenant) {
    long applied =
        Instant.parse(tenant.find("acme").orElseThrow().getMetadata().getCreationTimestamp())
            .getEpochSecond();
    tenant.awaits(
        "the next second", () -> assertThat(Instant.now().getEpochSecond()).isGreaterThan(applied));
  }

  /** An annotation is a later write, and not one of the spec. */
  private static void driftsAfterAnAnnotation(
      Tenant tenant, TenantAccount account, Instance instance) {
    tenant.person().annotates("cwi", "acme", "example.com/note=later");
    account.outsideWorld().rename(instance.id(), "by hand");
    tenant.awaitsReconcile("acme");
    tenant.awaitsReady("acme");
    assertThat(account.instance().name()).isEqualTo("Acme again");
  }

  private static void deletesAfterARefusal(
      Tenant tenant, TenantAccount account, Instance instance) {
    account.outsideWorld().markInUse(instance.id());
    tenant.person().deletes("cwi", "acme");
    tenant.awaits("acme", acme -> acme.isStalled("DeletionBlocked"));
    account.outsideWorld().release(instance.id());
    tenant.person().annotates("cwi", "acme", "cloudelements.io/reconcile-requested-at=released");
    tenant.awaitsGone("acme");
  }

  private static void assertEveryLineIsComplete(List<JsonNode> lines, Tenant tenant) {
    assertThat(lines)
        .allSatisfy(line -> {
          for (AuditKey key : AuditKey.values()) {
            assertThat(line.path(key.label()).isTextual()).as(key.label()).isTrue();
          }
          assertThat(line.path("level").asText()).isEqualTo("INFO");
          assertThat(line.path("namespace").asText()).isEqualTo(tenant.name());
          assertThat(line.path("name").asText()).isEqualTo("acme");
          assertThat(line.path("account").asText()).hasSize(12);
        });
    assertThat(lines).extracting(line -> line.path("uid").asText()).containsOnly(uid(lines));
    assertThat(lines)
        .extracting(line -> line.path("generation").asText())
        .startsWith("1")
        .contains("2");
    assertThat(Set.copyOf(lines.stream().map(line -> line.path("requestId").asText()).toList()))
        .hasSizeGreaterThan(3);
  }

  private static String uid(List<JsonNode> lines) {
    String uid = lines.getFirst().path("uid").asText();
    assertThat(uid).isNotEmpty();
    return uid;
  }

  private static String told(Call call) {
    return call.method()
        + " "
        + (call.status().isPresent() ? Integer.toString(call.status().getAsInt()) : "");
  }

  private static List<JsonNode> auditLines(OperatorProcess operator) {
    return operator.log().stream()
        .flatMap(line -> json(line).stream())
        .filter(line -> line.path("logger").asText().equals(AuditTrail.LOGGER))
        .toList();
  }

  /** The JVM itself may say something before the operator logs. */
  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
