package io.cloudelements.connectwise.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.Kubeconfigs;
import io.cloudelements.connectwise.cluster.NeedsGarbageCollection;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a user's cluster changes nothing that was there, and leaves nothing. */
@NeedsGarbageCollection
class ExistingClusterIT {

  private static final String INSTANCES = CrdFile.INSTANCES.definition();
  private static final String ACCOUNTS = CrdFile.ACCOUNTS.definition();
  private static final String RESOURCE =
      """
      {"apiVersion": "cloudelements.io/v1", "kind": "ConnectWiseInstance", "metadata": {"name": "theirs"},
       "spec": {"hub": "crm", "name": "Theirs", "credentialsSecretRef": {"name": "theirs"}}}
      """;
  private static final String ACCOUNT =
      """
      {"apiVersion": "cloudelements.io/v1", "kind": "CloudElementsAccount", "metadata": {"name": "theirs"},
       "spec": {"secretRef": {"name": "theirs"}}}
      """;
  private static final String OPERATOR =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: cwi, labels: {app.kubernetes.io/name: connectwise-operator}}
      spec:
        selector: {matchLabels: {app: cwi}}
        template:
          metadata: {labels: {app: cwi}}
          spec: {containers: [{name: operator, image: example.com/operator}]}
      """;

  /** Leases are renewed by the API server itself, and events come from others too. */
  private static final String KINDS =
      "namespaces,customresourcedefinitions,configmaps,secrets,serviceaccounts,deployments,"
          + "clusterroles,clusterrolebindings,roles,rolebindings";

  private static ControlPlane theirs;

  @TempDir private Path directory;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
  private final Narrator narrator = new Narrator(out, System.nanoTime());
  private final DemoApproval consent = new DemoApproval(true, Optional.empty(), out);

  private Kubeconfigs kubeconfigs;

  @BeforeAll
  static void aClusterThatIsInUse() {
    theirs = ControlPlane.start(ControlPlaneOptions.inNewDirectory("theirs-"));
    theirs.kubectl("create", "namespace", "shop");
    theirs.kubectl("create", "configmap", "settings", "--namespace=shop", "--from-literal=a=b");
  }

  @AfterAll
  static void end() {
    theirs.close();
  }

  /** Another context is current: the demo must not go there. */
  @BeforeEach
  void theirKubeconfig() throws IOException {
    Path production =
        Files.writeString(
            directory.resolve("production"),
            """
            {apiVersion: v1, kind: Config, current-context: production,
             clusters: [{name: production, cluster: {server: "https://127.0.0.1:1"}}],
             contexts: [{name: production, context: {cluster: production}}]}
            """);
    kubeconfigs =
        Kubeconfigs.of(
            Map.of("KUBECONFIG", production + File.pathSeparator + theirs.kubeconfig()), directory);
  }

  @AfterEach
  void withoutTheDefinitions() {
    theirs.kubectl("delete", "crd", INSTANCES, ACCOUNTS, "--ignore-not-found", "--timeout=30s");
  }

  @Test
  void removesItsObjectsAtItsEnd() {
    // Given
    Set<String> before = objects();
    Set<String> meanwhile;
    // When
    try (Demo demo = new Demo(directory, () -> cluster("local", consent), narrator)) {
      demo.run(true);
      meanwhile = objects();
    }
    // Then
    assertThat(shown())
        .contains(
            "Context      local", "Kubernetes v1.", "the CRD " + INSTANCES, "the CRD " + ACCOUNTS)
        .contains("acme-helpdesk  Valid, Ready=True", "acme-crm       Valid, Ready=True")
        .contains("kubectl --context local get cwi -n connectwise-demo-");
    assertThat(meanwhile)
        .hasSizeGreaterThan(before.size())
        .anyMatch(object -> object.contains(INSTANCES))
        .anyMatch(object -> object.contains(ACCOUNTS));
    assertThat(objects()).isEqualTo(before);
    assertThat(directory.resolve("context.kubeconfig")).doesNotExist();
  }

  @Test
  void withoutConsentNothingIsMade() {
    // Given
    Set<String> before = objects();
    DemoApproval none = new DemoApproval(false, Optional.empty(), out);
    // When // Then
    assertStops("local", none, "Nothing was changed: there is no terminal to ask on.");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void definitionsOfThisVersionAreUsedAndStay() {
    // Given
    theirs.installCrds();
    Set<String> before = objects();
    // When
    try (ExistingCluster cluster = cluster("local", consent)) {
      cluster.check();
      cluster.prepare();
    }
    // Then
    assertThat(shown())
        .contains("the CRD " + INSTANCES + " is there and stays")
        .contains("the CRD " + ACCOUNTS + " is there and stays");
    assertThat(objects()).isEqualTo(before);
  }

  /** As an installation from before there were accounts leaves them. */
  @Test
  void theOneDefinitionThatIsMissingIsMadeAndRemoved() {
    // Given
    theirs.installCrd(CrdFile.INSTANCES.path());
    Set<String> before = objects();
    Set<String> meanwhile;
    // When
    try (ExistingCluster cluster = cluster("local", consent)) {
      cluster.check();
      cluster.prepare();
      meanwhile = objects();
    }
    // Then
    assertThat(shown())
        .contains("Made there   the CRD " + ACCOUNTS + "; a namespace")
        .contains("the CRD " + INSTANCES + " is there and stays");
    assertThat(meanwhile).anyMatch(object -> object.contains(ACCOUNTS));
    assertThat(objects()).isEqualTo(before);
  }

  /** Its resources may have fields that ours does not know. */
  @Test
  void aDefinitionOfAnotherVersionStopsIt() throws IOException {
    // Given
    String other =
        Files.readString(CrdFile.INSTANCES.path()).replaceFirst("One-word summary", "A word");
    theirs.installCrd(Files.writeString(directory.resolve("other.yaml"), other));
    Set<String> before = objects();
    // When // Then
    assertStops("local", consent, "has the CRD " + INSTANCES + " in another version");
    assertThat(objects()).isEqualTo(before);
  }

  /** It would send the samples' credentials to the real service. */
  @Test
  void anOperatorThatIsThereStopsIt() {
    // Given
    theirs.kubectl().runWithInput(OPERATOR, "apply", "--namespace=shop", "-f", "-");
    // When // Then
    assertStops("local", consent, "has an operator already (shop/cwi)");
    theirs.kubectl("delete", "deployment", "cwi", "--namespace=shop");
  }

  /** Another operator may be at work on them, from outside of the cluster too. */
  @Test
  void resourcesThatAreThereStopIt() {
    // Given
    theirs.installCrds();
    theirs.kubectl().runWithInput(RESOURCE, "apply", "--namespace=shop", "-f", "-");
    // When // Then
    assertStops("local", consent, "has ConnectWiseInstances already (in shop)");
  }

  @Test
  void accountsThatAreThereStopIt() {
    // Given
    theirs.installCrds();
    theirs.kubectl().runWithInput(ACCOUNT, "apply", "--namespace=shop", "-f", "-");
    // When // Then
    assertStops("local", consent, "has CloudElementsAccounts already (in shop)");
  }

  /** Without their definition they would be deleted. */
  @Test
  void theDefinitionStaysForResourcesThatCameMeanwhile() {
    // Given
    try (ExistingCluster cluster = cluster("local", consent)) {
      cluster.check();
      cluster.prepare();
      theirs.kubectl().runWithInput(RESOURCE, "apply", "--namespace=shop", "-f", "-");
      // When
    }
    // Then
    assertThat(shown()).contains("the CRD stays, for the ConnectWiseInstances in shop");
    assertThat(theirs.kubectl("get", "cwi", "-A", "-o", "name"))
        .isEqualTo("connectwiseinstance.cloudelements.io/theirs\n");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamed() {
    assertStops(
        "production",
        consent,
        "The cluster of context production does not answer at https://127.0.0.1:1/");
  }

  private void assertStops(String context, DemoApproval consent, String because) {
    try (ExistingCluster cluster = cluster(context, consent)) {
      assertThatThrownBy(cluster::check)
          .isInstanceOf(DemoFailure.class)
          .hasMessageContaining(because);
    }
  }

  private ExistingCluster cluster(String context, DemoApproval consent) {
    return new ExistingCluster(context, kubeconfigs, directory, consent, narrator);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  /** Each with its version: what is changed is another one. */
  private static Set<String> objects() {
    return theirs
        .kubectl(
            "get",
            KINDS,
            "-A",
            "-o",
            "go-template={{range .items}}{{.kind}} {{.metadata.namespace}}/{{.metadata.name}}"
                + " {{.metadata.resourceVersion}}{{\"\\n\"}}{{end}}")
        .lines()
        .collect(Collectors.toSet());
  }
}
