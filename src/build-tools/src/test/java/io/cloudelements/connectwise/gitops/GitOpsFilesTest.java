package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.chart.Chart;
import io.cloudelements.connectwise.chart.ProjectVersion;
import io.cloudelements.connectwise.crd.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy into their repositories. */
class GitOpsFilesTest {
  private static final String CHART = "oci://ghcr.io/OWNER/REPOSITORY/charts/connectwise-operator";

  @Test
  void committedFilesEqualTheGeneratedOnes() {
    // Given // When
    Map<Path, String> generated = GitOpsGenerator.files();
    // Then
    generated.forEach(
        (file, content) -> new GeneratedFile(file, GitOpsGenerator.COMMAND).assertIs(content));
  }

  /** The folder goes to Argo CD as it is, so nothing that is out of use may stay in it. */
  @Test
  void theFolderForArgoCdHoldsTheScriptsAndWhatIsGenerated() throws IOException {
    // Given
    Set<Path> expected = new TreeSet<>(ArgoCdCustomization.files().keySet());
    for (ArgoCdAction action : ArgoCdAction.values()) {
      expected.add(ArgoCdCustomization.FOLDER.resolve("actions/" + action.label() + "/action.lua"));
    }
    expected.add(ArgoCdCustomization.FOLDER.resolve("actions/discovery.lua"));
    expected.add(HealthScript.ALL.getFirst().file());
    // When
    Set<Path> found;
    try (Stream<Path> files = Files.walk(ArgoCdCustomization.FOLDER)) {
      found = files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
    }
    // Then
    assertThat(found).isEqualTo(expected);
  }

  /** The ConfigMap is what people apply; its actions are YAML within a string. */
  @Test
  void theConfigMapHoldsEachScript() throws IOException {
    // Given
    JsonNode data = GitOpsFile.ARGO_CD_CONFIG_MAP.only().get("data");
    // When
    JsonNode actions =
        new YAMLMapper()
            .readTree(
                data.get("resource.customizations.actions.cloudelements.io_ConnectWiseInstance")
                    .asText());
    // Then
    assertThat(
            data.get("resource.customizations.health.cloudelements.io_ConnectWiseInstance")
                .asText())
        .isEqualTo(LuaScript.of("health.lua").text());
    assertThat(
            data.get("resource.customizations.health.cloudelements.io_CloudElementsAccount")
                .asText())
        .isEqualTo(LuaScript.of("../CloudElementsAccount/health.lua").text());
    assertThat(data.get("resource.customizations.health.argoproj.io_Application").asText())
        .isEqualTo(
            LuaScript.read(GitOpsGenerator.FOLDER.resolve("argocd/application-health.lua")).text());
    assertThat(actions.get("discovery.lua").asText())
        .isEqualTo(LuaScript.of("actions/discovery.lua").text());
    assertThat(actions.get("definitions"))
        .extracting(definition -> definition.get("name").asText())
        .containsExactly(
            Stream.of(ArgoCdAction.values()).map(ArgoCdAction::label).toArray(String[]::new));
    assertThat(actions.get("definitions"))
        .allSatisfy(definition ->
            assertThat(definition.get("action.lua").asText())
                .isEqualTo(
                    LuaScript.of("actions/" + definition.get("name").asText() + "/action.lua")
                        .text()));
  }

  /** By the names under which the release workflow publishes the chart. */
  @Test
  void bothToolsInstallTheChartOfThisVersion() {
    // Given
    JsonNode argoCd = GitOpsFile.ARGO_CD_OPERATOR.only().at("/spec/source");
    JsonNode flux = GitOpsFile.FLUX_OPERATOR.ofKind("OCIRepository").get("spec");
    // When
    List<String> charts = List.of(argoCd.get("repoURL").asText(), flux.get("url").asText());
    List<String> versions =
        List.of(argoCd.get("targetRevision").asText(), flux.at("/ref/tag").asText());
    // Then
    assertThat(charts).containsOnly(CHART);
    assertThat(versions).containsOnly(ProjectVersion.read());
    assertThat(GitOpsGenerator.read(Path.of(".github", "workflows", "release.yml")))
        .contains("image=ghcr.io/${REPOSITORY,,}", "push-chart \"$archive\" \"$IMAGE/charts\"");
  }

  static Stream<JsonNode> values() {
    return Stream.of(
        GitOpsFile.ARGO_CD_OPERATOR.only().at("/spec/source/helm/valuesObject"),
        GitOpsFile.FLUX_OPERATOR.ofKind("HelmRelease").at("/spec/values"));
  }

  /** The chart's schema refuses a value that does not exist. */
  @ParameterizedTest
  @MethodSource("values")
  void theChartTakesTheValues(JsonNode values) throws IOException {
    // Given
    String yaml = new YAMLMapper().writeValueAsString(values);
    // When
    List<JsonNode> objects = Chart.manifests("connectwise-operator", yaml);
    // Then
    assertThat(objects)
        .extracting(object -> object.get("kind").asText())
        .contains("CustomResourceDefinition", "Deployment");
    assertThat(objects.toString()).contains("prod-eu");
  }

  /** The policy for a folder crds would not touch a CRD among the templates. */
  @Test
  void theCrdIsATemplateOfTheChart() {
    // Given
    JsonNode release = GitOpsFile.FLUX_OPERATOR.ofKind("HelmRelease").get("spec");
    // When
    boolean folder = Files.exists(Chart.FOLDER.resolve("crds"));
    // Then
    assertThat(folder).isFalse();
    assertThat(release.at("/install/crds").asText()).isEqualTo("Skip");
    assertThat(release.at("/upgrade/crds").asText()).isEqualTo("Skip");
  }

  /** Waves order only the objects of one sync: the parent's. */
  @Test
  void argoCdSyncsTheOperatorBeforeTheInstances() throws IOException {
    // Given
    JsonNode parent = GitOpsFile.ARGO_CD_PARENT.only();
    Path children = GitOpsGenerator.FOLDER.resolve("argocd/applications");
    // When
    List<Path> files;
    try (Stream<Path> listed = Files.list(children)) {
      files = listed.sorted().toList();
    }
    // Then
    assertThat(parent.at("/spec/source/path").asText()).endsWith("/applications");
    assertThat(files)
        .containsExactly(
            GitOpsFile.ARGO_CD_INTEGRATIONS.path(), GitOpsFile.ARGO_CD_OPERATOR.path());
    assertThat(wave(GitOpsFile.ARGO_CD_OPERATOR)).isLessThan(wave(GitOpsFile.ARGO_CD_INTEGRATIONS));
  }

  private static int wave(GitOpsFile application) {
    return application
        .only()
        .at("/metadata/annotations/argocd.argoproj.io~1sync-wave")
        .asInt(Integer.MIN_VALUE);
  }

  /** And where nothing orders the two, the sync of the instances is tried again. */
  @Test
  void argoCdTriesAgainUntilTheDefinitionIsThere() {
    // Given
    JsonNode policy = GitOpsFile.ARGO_CD_INTEGRATIONS.only().at("/spec/syncPolicy");
    // When
    List<String> options = policy.get("syncOptions").valueStream().map(JsonNode::asText).toList();
    // Then
    assertThat(options).contains("SkipDryRunOnMissingResource=true");
    assertThat(policy.at("/retry/limit").asInt()).isPositive();
  }

  /** Ready is the operator's Kustomization only when its HelmRelease is. */
  @Test
  void fluxAppliesTheInstancesAfterTheOperator() {
    // Given
    JsonNode operator = GitOpsFile.FLUX_KUSTOMIZATIONS.named("connectwise-operator").get("spec");
    JsonNode integrations = GitOpsFile.FLUX_KUSTOMIZATIONS.named("integrations").get("spec");
    // When
    String dependency = integrations.at("/dependsOn/0/name").asText();
    // Then
    assertThat(dependency).isEqualTo("connectwise-operator");
    assertThat(operator.get("wait").asBoolean()).isTrue();
    assertThat(operator.get("path").asText()).endsWith("/connectwise-operator");
    assertThat(GitOpsFile.FLUX_OPERATOR.path())
        .hasParentRaw(GitOpsGenerator.FOLDER.resolve("flux/connectwise-operator"));
    assertThat(integrations.get("wait").asBoolean()).isTrue();
    assertThat(integrations.get("retryInterval").asText()).isEqualTo("1m");
  }

  /** With the operator or the CRD every instance would be out of reach, or gone. */
  @Test
  void noToolPrunesTheOperator() {
    // Given
    JsonNode parent = GitOpsFile.ARGO_CD_PARENT.only();
    JsonNode application = GitOpsFile.ARGO_CD_OPERATOR.only();
    JsonNode kustomization = GitOpsFile.FLUX_KUSTOMIZATIONS.named("connectwise-operator");
    // When
    List<Boolean> pruned =
        List.of(
            parent.at("/spec/syncPolicy/automated/prune").asBoolean(true),
            application.at("/spec/syncPolicy/automated/prune").asBoolean(true),
            kustomization.at("/spec/prune").asBoolean(true));
    // Then
    assertThat(pruned).containsOnly(false);
  }
}
