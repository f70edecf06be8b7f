package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.QueuePage;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Resources that wait at one account, seen through the port that every pod may reach. */
@RealOperator(OperatorScope.MANUAL)
class QueuePageIT {
  private static final List<String> NAMES = Tenant.names("waiting", 4);

  /** The one that is called has no number; the others have each their own. */
  @Test
  void tellsOneResourceItsNumberAndNamesNoOther(
      Tenant tenant, OperatedCluster cluster, ControlPlane controlPlane) {
    // Given
    try (OperatorProcess operator =
        cluster.start(
            Map.of(
                "WATCH_NAMESPACES",
                tenant.name(),
                "ACCOUNT_MAX_CONCURRENT_REQUESTS",
                "1",
                "REQUEST_TIMEOUT",
                "2m"))) {
      tenant.appliesHelpDesks(NAMES);
      tenant.awaitsReady(NAMES, Duration.ofSeconds(60));
      tenant.account().faultsOn(Route.PATCH_INSTANCE).inject(new Fault.Hang(false));
      // When
      NAMES.forEach(name -> tenant.changes(name, "{\"name\":\"Renamed\"}"));
      // Then
      tenant.awaits(
          "all but one wait",
          () ->
              assertThat(NAMES.stream().flatMap(name -> position(operator, tenant, name).stream()))
                  .containsExactlyInAnyOrder(1, 2, 3));
      assertThat(operator.status(QueuePage.PATH)).isEqualTo(400);
      assertThat(operator.body(QueuePage.PATH)).doesNotContain(tenant.name(), "waiting-");
      String account = tenant.status(NAMES.getFirst()).orElseThrow().account();
      for (String name : NAMES) {
        Optional<Integer> position = position(operator, tenant, name);
        assertThat(body(operator, tenant.name(), name)).doesNotContain("waiting-", account);
        assertThat(why(controlPlane, operator, tenant, name))
            .contains(
                position
                    .map(number -> "1 in flight. This resource is number " + number + ".")
                    .orElse("1 in flight.\n"));
      }
      assertThat(body(operator, "elsewhere", NAMES.getFirst())).isEqualTo("{}\n");
      tenant.account().settles();
    }
  }

  private static Optional<Integer> position(OperatorProcess operator, Tenant tenant, String name) {
    try {
      return Optional.ofNullable(QueuePage.parse(body(operator, tenant.name(), name)).position());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String body(OperatorProcess operator, String namespace, String name) {
    return operator.body(QueuePage.path(new ResourceId(namespace, name)));
  }

  private static String why(
      ControlPlane controlPlane, OperatorProcess operator, Tenant tenant, String name) {
    return CommandRun.of(
            "why",
            name,
            "--kubeconfig=" + controlPlane.kubeconfig(),
            "--namespace=" + tenant.name(),
            "--operator-url=http://localhost:" + operator.port())
        .output();
  }
}
