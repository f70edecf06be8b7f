package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the chart adds to the cluster's roles {@code view}, {@code edit} and {@code admin}, as the
 * API server understands it. The test binds the parts of a role itself, which a controller of the
 * cluster puts together otherwise.
 */
@RealCluster
class AggregatedRolesIT {
  private static final String NOTHING = "";
  private static final String READ = "get list watch";
  private static final String WRITE = "create delete deletecollection get list patch update watch";

  /** A line of {@code kubectl auth can-i --list}: resource and verbs. */
  private static final Pattern RULE =
      Pattern.compile("(?m)^([a-z/]+)\\.cloudelements\\.io\\S* .*\\[([a-z ]*)]\\s*$");

  private List<JsonNode> roles = List.of();

  @BeforeEach
  void install(ControlPlane controlPlane, ClusterUser user) {
    controlPlane.installCrds();
    roles =
        Chart.manifests(user.namespace(), "fullnameOverride: " + user.namespace()).stream()
            .filter(object -> object.get("kind").asText().equals("ClusterRole"))
            .filter(role -> role.toString().contains("rbac.authorization.k8s.io/aggregate-to-"))
            .toList();
    controlPlane.kubectl().runWithInput(joined(roles.stream()), "apply", "-f", "-");
    user.applies(joined(Stream.of("view", "edit", "admin").flatMap(this::bindings)));
  }

  @AfterEach
  void remove(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(joined(roles.stream()), "delete", "-f", "-");
  }

  /** A tenant that writes status would forge it; one that writes accounts would share them. */
  @ParameterizedTest
  @CsvSource({
    "view, " + READ + "," + NOTHING,
    "edit, " + WRITE + "," + NOTHING,
    "admin, " + WRITE + "," + WRITE + " use"
  })
  void onlyAnAdministratorHasAccountsAndNoRoleHasStatus(
      String role, String ofInstances, String ofAccounts, ClusterUser user) {
    // Given the roles are bound
    // When
    Map<String, Set<String>> allowed =
        allowed(user.runs("auth", "can-i", "--list", "--as=" + role));
    Kubectl.KubectlResult status =
        user.kubectl()
            .attempt(
                "--namespace=" + user.namespace(),
                "auth",
                "can-i",
                "patch",
                "connectwiseinstances",
                "--subresource=status",
                "--as=" + role);
    // Then
    Map<String, Set<String>> expected = new TreeMap<>();
    expected.put("connectwiseinstances", Set.of(ofInstances.split(" ")));
    if (ofAccounts != null) {
      expected.put("cloudelementsaccounts", Set.of(ofAccounts.split(" ")));
    }
    assertThat(allowed).isEqualTo(expected);
    assertThat(status.output()).isEqualTo("no\n");
  }

  private static Map<String, Set<String>> allowed(String table) {
    Map<String, Set<String>> allowed = new TreeMap<>();
    Matcher rule = RULE.matcher(table);
    while (rule.find()) {
      allowed
          .computeIfAbsent(rule.group(1), _ -> new TreeSet<>())
          .addAll(List.of(rule.group(2).split(" ")));
    }
    return allowed;
  }

  private Stream<String> bindings(String role) {
    return roles.stream()
        .filter(part ->
            part.at("/metadata/labels").has("rbac.authorization.k8s.io/aggregate-to-" + role))
        .map(part -> part.at("/metadata/name").asText())
        .map(part ->
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: %1$s-%2$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %2$s}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
            """
                .formatted(role, part));
  }

  private static String joined(Stream<?> objects) {
    return objects.map(Object::toString).collect(Collectors.joining("\n---\n"));
  }
}
