package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code why} costs in a full account, and what leaves the cluster for support. */
class WhySupportIT {
  private static final int RESOURCES = 1_000;

  /** As many as one kubectl applies in good time. */
  private static final int PART = 200;

  private static WhyCluster why;
  private static SimulatedKubelet kubelet;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    why = WhyCluster.start();
    kubelet = SimulatedKubelet.of(why.operator);
    why.controlPlane.kubectl().runWithInput(pod(kubelet.port()), "apply", "-f", "-");
  }

  @AfterAll
  static void stop() {
    kubelet.close();
    why.close();
  }

  /** An account has as many resources as it likes: each is asked about by itself. */
  @Test
  void readsFiveObjectsAmongAThousandResources() {
    // Given
    why.owner.shares();
    why.owner.appliesEntries();
    List<String> names = IntStream.range(0, RESOURCES).mapToObj("acme-%03d"::formatted).toList();
    for (int from = 0; from < RESOURCES; from += PART) {
      why.tenant.applies(
          names.subList(from, from + PART).stream()
              .map(name -> why.owner.helpDesk(name, "suspend: " + !name.equals("acme-500")))
              .collect(Collectors.joining("---\n")));
    }
    why.tenant.awaitsReady(List.of("acme-500"), Duration.ofMinutes(2));
    int before = why.readsOf("developer").size();
    // When
    CommandRun run = why.why("acme-500");
    // Then
    assertThat(run.exitCode()).as(run.output()).isZero();
    why.tenant.awaits(
        "the audit log", () -> assertThat(why.readsOf("developer").size() - before).isEqualTo(5));
  }

  /**
   * The archive goes to other people, so a secret that stands in the wrong place is masked as well.
   */
  @Test
  void bundleHasNoSecret() throws IOException {
    // Given
    why.tenant.appliesHelpDesks(List.of("supported"));
    why.tenant.awaitsReady("supported");
    why.tenant
        .person()
        .annotates("cwi", "supported", "example.com/note=" + why.tenant.account().secret());
    why.controlPlane.kubectl().runWithInput(deployment(), "apply", "-f", "-");
    Path archive = directory.resolve("supported.zip");
    // When
    CommandRun run =
        why.why(
            "supported",
            "--bundle=" + archive,
            "--operator-url=http://localhost:" + why.operator.port());
    // Then
    Map<String, String> files = files(archive);
    assertThat(files)
        .containsOnlyKeys(
            "contents.txt",
            "why.txt",
            "why.json",
            "resource.yaml",
            "account.yaml",
            "secrets.txt",
            "history.txt",
            "versions.txt",
            "settings.txt",
            "metrics.txt",
            "log.txt");
    assertThat(run.errors()).startsWith(archive + " gets:\n").contains(files.get("contents.txt"));
    String token = why.tenant.deliveredToken("supported-token");
    files.forEach(
        (name, text) -> assertThat(text).as(name).doesNotContain("canary", "Y2FuYXJ5", token));
    assertThat(files.get("resource.yaml"))
        .contains("kind: ConnectWiseInstance", "hub: helpdesk", "note: \"(not shown)\"");
    assertThat(files.get("secrets.txt")).containsPattern(Tenant.CREDENTIALS + " +password +20");
    assertThat(files.get("history.txt"))
        .contains("event Normal Provisioned: ", "condition Ready=True");
    assertThat(files.get("versions.txt"))
        .contains("API server: v1.", "operator: example.com/operator:1");
    assertThat(files.get("settings.txt"))
        .contains(
            "CLUSTER_NAME=prod-eu\n",
            "HTTPS_PROXY=http://********@proxy.example.com:3128\n",
            "OTEL_EXPORTER_OTLP_HEADERS (not shown)\n");
    assertThat(files.get("metrics.txt")).contains("connectwise_leader 1.0");
    assertThat(files.get("contents.txt")).contains("the end of the operator's log (not readable)");
  }

  /** The person needs no address: the port of the operator's pod is forwarded by the API server. */
  @Test
  void forwardsThePortOfTheOperatorsPod() {
    // Given
    why.tenant.appliesHelpDesks(List.of("forwarded"));
    why.tenant.awaitsReady("forwarded");
    // When
    CommandRun run = why.why("forwarded", "--operator-namespace=operator-here");
    // Then
    assertThat(run.output())
        .contains("admission      The account may be called: its circuit breaker is closed.");
    assertThat(run.exitCode()).isZero();
  }

  /**
   * The log names the resource in its audit lines; here the name is a value of its Secret too, and
   * is masked like one.
   */
  @Test
  void bundleHasTheLogWithoutSecrets() throws IOException {
    // Given
    String secret = "indiscreet";
    Map<String, String> keys = why.tenant.account().credentials();
    keys.put("unused", secret);
    why.tenant.appliesSecret(secret + "-keys", keys);
    why.tenant.applies(Tenant.helpDesk(secret).replace(Tenant.CREDENTIALS, secret + "-keys"));
    why.tenant.awaitsReady(secret);
    List<String> lines = why.operator.log().stream().filter(line -> line.contains(secret)).toList();
    Path archive = directory.resolve("log.zip");
    // When
    CommandRun run = why.why(secret, "--bundle=" + archive, "--operator-namespace=operator-here");
    // Then
    Map<String, String> files = files(archive);
    assertThat(run.errors()).contains("log.txt").doesNotContain("log (not readable)");
    assertThat(lines).isNotEmpty();
    assertThat(files.get("log.txt"))
        .startsWith("--- pod connectwise-operator\n")
        .contains("Probes and metrics are on port ")
        .contains(lines.stream().map(line -> line.replace(secret, "********")).toList());
    files.forEach((name, text) -> assertThat(text).as(name).doesNotContain(secret, "canary"));
  }

  /** Values of an unreadable Secret cannot be masked, so foreign annotations are left out. */
  @Test
  void bundleHasNoNoteOfOthers() throws IOException {
    // Given
    why.tenant.appliesHelpDesks(List.of("noted"));
    why.tenant.awaitsReady("noted");
    why.tenant.person().annotates("cwi", "noted", "example.com/note=canary-pasted");
    why.tenant.person().annotates("cwi", "noted", "cloudelements.io/reconcile-requested-at=now");
    Path archive = directory.resolve("noted.zip");
    // When
    why.whyAsOutsider("noted", "--bundle=" + archive);
    // Then
    Map<String, String> files = files(archive);
    files.forEach((name, text) -> assertThat(text).as(name).doesNotContain("canary-pasted"));
    assertThat(files.get("resource.yaml"))
        .contains("example.com/note: \"(not shown)\"", "reconcile-requested-at: now");
  }

  /** A label may be what an operator's selector is about, so it is shown unless it is a secret. */
  @Test
  void bundleHasNoSecretOfALabelOrAnAccountObject() throws IOException {
    // Given
    why.owner.shares();
    why.owner.appliesEntries();
    String password = why.tenant.account().credentials().get("password");
    why.tenant.applies(
        why.owner
            .helpDesk("labelled")
            .replace(
                "{name: labelled}",
                "{name: labelled, labels: {team: acme-support, note: " + password + "}}"));
    why.tenant.awaitsReady("labelled");
    why.owner
        .person()
        .annotates(
            "cea",
            AccountOwner.ACCOUNT,
            "cloudelements.io/reconcile-requested-at=" + why.tenant.account().secret());
    Path archive = directory.resolve("labelled.zip");
    // When
    why.why("labelled", "--bundle=" + archive);
    // Then
    Map<String, String> files = files(archive);
    files.forEach(
        (name, text) -> assertThat(text).as(name).doesNotContain("canary", "Y2FuYXJ5", password));
    assertThat(files.get("resource.yaml")).contains("team: acme-support", "note: ********");
    assertThat(files.get("account.yaml")).contains("reconcile-requested-at: ********");
  }

  private static String pod(int kubelet) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: here}
    status:
      addresses: [{type: InternalIP, address: 127.0.0.1}]
      daemonEndpoints: {kubeletEndpoint: {Port: %d}}
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: operator-here}
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: connectwise-operator
      namespace: operator-here
      labels: {app.kubernetes.io/name: connectwise-operator}
    spec:
      nodeName: here
      automountServiceAccountToken: false
      containers:
      - {name: mesh, image: example.com/mesh}
      - {name: operator, image: example.com/operator, ports: [{name: http, containerPort: 8080}]}
    """
        .formatted(kubelet);
  }

  private static String deployment() {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: connectwise-operator}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: connectwise-operator
      namespace: connectwise-operator
      labels: {app.kubernetes.io/name: connectwise-operator}
    spec:
      selector: {matchLabels: {app: operator}}
      template:
        metadata: {labels: {app: operator}}
        spec:
          containers:
          - name: operator
            image: example.com/operator:1
            env:
            - {name: CLUSTER_NAME, value: prod-eu}
            - {name: HTTPS_PROXY, value: "http://user:canary-proxy@proxy.example.com:3128"}
            - {name: OTEL_EXPORTER_OTLP_HEADERS, value: "authorization=canary-header"}
    """;
  }

  private static Map<String, String> files(Path archive) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
