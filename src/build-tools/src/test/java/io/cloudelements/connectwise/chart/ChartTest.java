package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.instance.Element;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Helm makes of the chart. */
class ChartTest {
  private static final String NAMESPACED =
      """
      watchNamespaces: [team-a, team-b]
      settings: {clusterName: prod-eu}
      """;

  private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return Double.compare(one.asDouble(), other.asDouble());
        }
        return one.equals(other) ? 0 : 1;
      };

  /** Helm's own opinion. */
  @ParameterizedTest
  @EnumSource
  void passesTheStrictLint(Installation installation, @TempDir Path folder) throws IOException {
    // Given // When
    LintResult lint = Chart.lint(folder, installation.yaml());
    // Then
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  /**
   * No combination of values may weaken the pod: the "restricted" Pod Security Standard, and more.
   */
  @ParameterizedTest
  @EnumSource
  void podIsRestrictedWithAnyValues(Installation installation) {
    // Given // When
    Rendered rendered = Rendered.from(installation.yaml());
    // Then
    JsonNode pod = rendered.pod();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asText())
        .isEqualTo(installation.leavesIdsToThePlatform() ? "" : "65532");
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.at("/enableServiceLinks").asBoolean()).isFalse();
    assertThat(pod.get("containers"))
        .filteredOn(container -> !container.get("name").asText().startsWith("extra-"))
        .hasSize(1);
    JsonNode container = rendered.container().get("securityContext");
    assertThat(container.get("allowPrivilegeEscalation").asBoolean()).isFalse();
    assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(rendered.container().at("/resources/limits/memory").isMissingNode()).isFalse();
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(rendered.container().at("/" + probe + "/httpGet/port").asText()).isEqualTo("http");
    }
  }

  /** An object without a namespace would land in the namespace of the kubeconfig. */
  @ParameterizedTest
  @EnumSource
  void everyObjectHasItsNamespaceAndInstanceLabel(Installation installation) {
    // Given
    Set<String> clusterWide =
        Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");
    // When
    Rendered rendered = Rendered.from(installation.yaml());
    // Then
    assertThat(rendered.objects())
        .allSatisfy(object -> {
          assertThat(object.at("/metadata/namespace").isMissingNode())
              .isEqualTo(clusterWide.contains(object.get("kind").asText()));
          assertThat(object.at("/metadata/labels").has("app.kubernetes.io/instance")).isTrue();
        });
  }

  /** The token carries the operator's rights, so only the pod mounts it. */
  @Test
  void onlyThePodMountsTheToken() {
    // Given // When
    Rendered rendered = Rendered.from("{}");
    // Then
    assertThat(rendered.only("ServiceAccount").get("automountServiceAccountToken").asBoolean())
        .isFalse();
    assertThat(rendered.pod().get("automountServiceAccountToken").asBoolean()).isTrue();
  }

  /** An administrator of some namespaces, with no right to cluster-wide objects, can install it. */
  @Test
  void watchedNamespacesNeedNoClusterRole() {
    // Given // When
    Rendered rendered = Rendered.from(NAMESPACED + "crds: {install: false}");
    // Then
    assertThat(rendered.kinds())
        .containsExactlyInAnyOrder(
            "Deployment", "NetworkPolicy", "Role", "RoleBinding", "Service", "ServiceAccount");
    assertThat(rendered.ofKind("Role"))
        .extracting(role -> role.at("/metadata/namespace").asText())
        .containsExactlyInAnyOrder("team-a", "team-b", Rendered.NAMESPACE);
    assertThat(rendered.environment())
        .containsEntry("WATCH_NAMESPACES", "team-a,team-b")
        .containsEntry("CLUSTER_NAME", "prod-eu");
  }

  /**
   * A manifest that serves its own namespace may be moved to another one, by kustomize for example.
   */
  @Test
  void ownNamespaceIsReadFromThePod() {
    // Given // When
    Rendered rendered =
        Rendered.from("{watchNamespaces: [operators], settings: {clusterName: prod-eu}}");
    // Then
    assertThat(rendered.container().get("env"))
        .anySatisfy(variable -> {
          assertThat(variable.get("name").asText()).isEqualTo("WATCH_NAMESPACES");
          assertThat(variable.at("/valueFrom/fieldRef/fieldPath").asText())
              .isEqualTo("metadata.namespace");
        });
  }

  /** The right to list Secrets includes reading their data. */
  @ParameterizedTest
  @EnumSource
  void secretsAreListedOnlyWhereTheyAreWatched(Installation installation) {
    // Given
    Set<String> listing = Set.of("list", "watch");
    // When
    Rendered rendered = Rendered.from(installation.yaml());
    // Then
    boolean watched = rendered.environment().get("SECRETS_WATCH").equals("true");
    for (String kind : List.of("Role", "ClusterRole")) {
      Set<String> verbs = rendered.verbs(kind, "secrets");
      if (!verbs.isEmpty()) {
        assertThat(verbs.containsAll(listing)).as(kind).isEqualTo(watched);
        assertThat(verbs).contains("get", "create", "update", "delete").doesNotContain("*");
      }
    }
  }

  /** The UID of kube-system is only read where it stands for the name of the cluster. */
  @Test
  void namespacesAreReadOnlyForTheNameOfTheCluster() {
    // Given
    String named = "{settings: {clusterName: prod-eu}}";
    // When
    Rendered unnamedCluster = Rendered.from("{}");
    Rendered namedCluster = Rendered.from(named);
    // Then
    assertThat(unnamedCluster.verbs("ClusterRole", "namespaces")).containsExactly("get");
    assertThat(namedCluster.verbs("ClusterRole", "namespaces")).isEmpty();
  }

  /** A clone of the cluster has the same UID of kube-system, and so every instance two owners. */
  @Test
  void notesWarnOfAMissingClusterName() {
    // Given
    String named = "{settings: {clusterName: prod-eu}}";
    // When
    String unnamedCluster = Chart.notes("{}");
    String namedCluster = Chart.notes(named);
    // Then
    assertThat(unnamedCluster)
        .contains("WARNING: settings.clusterName is unset", "A clone of it", "the same UID");
    assertThat(namedCluster).contains("kubectl explain cwi.spec").doesNotContain("WARNING");
  }

  /** Deleting the CRD would delete every resource, and its instance. */
  @ParameterizedTest
  @EnumSource
  void crdEqualsTheRepositorysAndIsKept(CrdFile file) {
    // Given
    JsonNode committed = Chart.parse(ChartGenerator.read(file.path())).getFirst();
    // When
    List<JsonNode> definitions = Rendered.from("{}").ofKind("CustomResourceDefinition");
    // Then
    assertThat(definitions).hasSize(CrdFile.values().length);
    ObjectNode installed =
        (ObjectNode)
            definitions.stream()
                .filter(crd -> crd.at("/metadata/name").equals(committed.at("/metadata/name")))
                .findFirst()
                .orElseThrow();
    assertThat(installed.at("/metadata/annotations/helm.sh~1resource-policy").asText())
        .isEqualTo("keep");
    ((ObjectNode) installed.at("/metadata/annotations")).remove("helm.sh/resource-policy");
    ((ObjectNode) installed.get("metadata")).remove("labels");
    // Helm writes 1.0 as 1
    assertThat(installed.equals(NUMBERS_BY_VALUE, committed)).isTrue();
  }

  /** An address that one of operator and policy knew alone would pass the other. */
  @Test
  void policyAndOperatorAgreeOnAddressEntries() {
    // Given
    String values =
        "admissionPolicies: {restrictions: {enabled: true, namespaces: {'*': {addresses: []}}}}";
    // When
    List<JsonNode> policies = Rendered.from(values).ofKind("ValidatingAdmissionPolicy");
    // Then
    assertThat(policies)
        .flatMap(policy -> policy.at("/spec/variables").valueStream().toList())
        .filteredOn(variable -> variable.get("name").asText().equals("addressEntries"))
        .singleElement()
        .extracting(variable -> variable.get("expression").asText())
        .asString()
        .contains(
            "matches('" + Element.ADDRESS_NAME + "')",
            "matches('" + Element.PATH_NAME + "')",
            "matches('" + Element.LOCAL_PATH + "')",
            ".contains('://')");
  }

  /** Two replicas need room to move, one must not block a drained node. */
  @Test
  void oneOfSeveralReplicasMayBeUnavailable() {
    // Given // When
    Rendered one = Rendered.from("{replicas: 1}");
    Rendered two = Rendered.from("{replicas: 2}");
    // Then
    assertThat(one.kinds()).doesNotContain("PodDisruptionBudget");
    assertThat(two.only("PodDisruptionBudget").at("/spec/maxUnavailable").asInt()).isEqualTo(1);
  }

  /** Without the Lease an old and a new pod must never run at once. */
  @Test
  void runsOnePodAtATimeWithoutLeaderElection() {
    // Given // When
    Rendered rendered = Rendered.from("{leaderElection: false}");
    // Then
    assertThat(rendered.only("Deployment").at("/spec/strategy/type").asText())
        .isEqualTo("Recreate");
    assertThat(rendered.verbs("Role", "leases")).isEmpty();
    assertThat(rendered.environment()).containsEntry("LEADER_ELECTION", "false");
  }

  /** The alert itself must link to the steps to take. */
  @Test
  void alertsLinkTheConfiguredRunbooks() {
    // Given
    String values = "{prometheusRule: {enabled: true, runbooks: 'https://wiki.example.com/cwi'}}";
    // When
    JsonNode rules = Rendered.from(values).only("PrometheusRule").at("/spec/groups/0/rules");
    // Then
    assertThat(rules).isNotEmpty();
    assertThat(rules)
        .allSatisfy(rule ->
            assertThat(rule.at("/annotations/runbook_url").asText())
                .isEqualTo(
                    "https://wiki.example.com/cwi#"
                        + rule.get("alert").asText().toLowerCase(Locale.ROOT)));
  }

  /** Grafana's sidecar takes what is under a key that ends in .json. */
  @Test
  void dashboardEqualsTheGeneratedOne() throws Exception {
    // Given
    ObjectMapper json = new ObjectMapper();
    // When
    JsonNode map = Rendered.from("{grafanaDashboard: {enabled: true}}").only("ConfigMap");
    // Then
    assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    assertThat(json.readTree(map.at("/data/connectwise-operator.json").asText()))
        .isEqualTo(json.readTree(Dashboard.render()));
  }

  /** A tag can be moved after a review; a digest cannot. */
  @Test
  void digestWinsOverTheTag() {
    // Given
    String digest = "sha256:" + "0123456789abcdef".repeat(4);
    // When
    Rendered rendered =
        Rendered.from(
            "{image: {registry: registry.example.com, tag: latest, digest: '%s'}}"
                .formatted(digest));
    // Then
    assertThat(rendered.container().get("image").asText())
        .isEqualTo("registry.example.com/connectwise-operator@" + digest);
  }

  /** The proxy's password belongs in a Secret, and the API server is never reached through it. */
  @Test
  void proxyMayComeFromASecret() {
    // Given // When
    Rendered rendered = Rendered.from("{proxy: {secret: proxy, port: 3128, exceptions: [.corp]}}");
    // Then
    assertThat(rendered.environment())
        .containsEntry("HTTPS_PROXY", "(a reference)")
        .containsEntry("NO_PROXY", "$(KUBERNETES_SERVICE_HOST),.corp");
  }

  /** Policies, and kinds of Prometheus that a cluster may lack, are rendered only on request. */
  @Test
  void optionalObjectsAreOffByDefault() {
    // Given // When
    Rendered rendered = Rendered.from("{}");
    // Then
    assertThat(rendered.kinds())
        .doesNotContain(
            "ServiceMonitor", "PrometheusRule", "ValidatingAdmissionPolicy", "ConfigMap");
  }
}
