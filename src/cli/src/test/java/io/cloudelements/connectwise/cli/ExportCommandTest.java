package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.HttpInstancesApi;
import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.cloudelements.VertxHttpTransport;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.User;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code export}: instances that people made become manifests that keep them as they are. */
class ExportCommandTest {
  private static final String ACCOUNT =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: cloud-elements, namespace: integrations}
      stringData: {userSecret: canary-user, organizationSecret: canary-organization}
      """;
  private static final String HOSTILE = "a\u001b[2J\u009b31m\u202edrow\u2066\u200b\u2028\r\nforged";
  private static final String HIDDEN = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";
  private static final String TAG = "cwi-0123abcd-0123456789abcdef01234567";

  private final Simulator simulator = new Simulator(InstantSource.system());
  private final User user =
      simulator.platform().outsideWorld().addUser("canary-user", "canary-organization");
  private final Vertx vertx = Vertx.vertx();
  private SimulatorServer server;
  private HttpInstancesApi api;

  @BeforeEach
  void start() {
    server = SimulatorServer.start(simulator);
    api = api(url());
  }

  private HttpInstancesApi api(String url) {
    return new HttpInstancesApi(
        new VertxHttpTransport(vertx, HttpSettings.DEFAULTS, InstantSource.system()),
        HttpSettings.DEFAULTS.timeouts(),
        AllowedBaseUrls.parse(List.of(url)),
        InstantSource.system(),
        CallObserver.NONE);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** The first PUT would remove everything that the manifest does not describe. */
  @Test
  void describesAllFieldsOfAnInstance() throws IOException {
    // Given
    Instance crm =
        byHand(
            "connectwisecrm",
            "Acmé & Söhne's CRM",
            Set.of("b", "a", "connectwise-operator"),
            Map.of(
                "helpdesk.connectwise.username", "api1",
                "helpdesk.connectwise.password", "canary-password",
                "helpdesk.connectwise.server.url", "https://cw.example.com",
                "helpdesk.connectwise.company", "acme",
                "helpdesk.connectwise.wsdl.path", "/v2017_2/apis/2.0/",
                "event.notification.enabled", "true",
                "event.notification.subscription.id", "7"));
    simulator.platform().outsideWorld().disable(crm.id());
    // When
    Shell.Result result = exports("--namespace=integrations", "--credentials-secret=acme");
    // Then
    assertThat(result.output())
        .isEqualTo(
            """
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata:
              name: acme-sohne-s-crm
              namespace: integrations
            spec:
              hub: crm
              name: Acmé & Söhne's CRM
              tags:
              - a
              - b
              credentialsSecretRef:
                name: acme
              accountSecretRef:
                name: cloud-elements
              baseUrl: %s
              configurationPrefix: helpdesk.connectwise
              configuration:
                event.notification.enabled: "true"
                helpdesk.connectwise.wsdl.path: /v2017_2/apis/2.0/
              enabled: false
              adoptInstanceId: %d
              deletionPolicy: Retain
            """
                .formatted(url(), crm.id()));
    assertThat(result.exitCode()).isZero();
  }

  /** Two resources for one instance would undo each other's changes. */
  @Test
  void leavesOutOwnedInstances() throws IOException {
    // Given
    Instance owned = byHand("connectwisehd", "Owned", Set.of(TAG), Map.of());
    Instance free = byHand("connectwisehd", "Free", Set.of(), Map.of());
    // When
    Shell.Result result = exports();
    // Then
    assertThat(manifests(result))
        .singleElement()
        .satisfies(manifest ->
            assertThat(manifest.at("/spec/adoptInstanceId").asLong()).isEqualTo(free.id()));
    assertThat(result.errors())
        .contains(
            "Instance %d is left out: a resource of this or another cluster owns it (tag %s)."
                .formatted(owned.id(), TAG));
  }

  /** An account has instances of many elements. */
  @Test
  void leavesOutOtherElements() throws IOException {
    // Given
    String list = "[{\"id\":7,\"name\":\"Z\",\"element\":{\"key\":\"zendesk\"},\"tags\":[]}]";
    try (Page page = Page.of("/instances", 200, list);
        HttpInstancesApi other = api(page.url())) {
      // When
      Shell.Result result =
          shell()
              .with("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", page.url())
              .with("CLOUD_ELEMENTS_BASE_URL", page.url())
              .reaching(other)
              .runs("export", "--account-secret=-");
      // Then
      assertThat(result.exitCode()).as(result.errors()).isZero();
      assertThat(result.output()).isEmpty();
    }
  }

  /** A text that YAML reads as a number or a boolean must stay a text. */
  @Test
  void quotesTextsThatLookLikeOtherTypes() throws IOException {
    // Given
    Set<String> tags = Set.of("yes", "1e3", "0x1F", "12:30:45", "~", "-1", ".5", "a: b", "c #d");
    byHand("connectwisehd", "2026", tags, Map.of());
    // When
    Shell.Result result = exports();
    // Then
    assertThat(result.output())
        .contains("- \"yes\"", "- \"1e3\"", "- \"0x1F\"", "- \"12:30:45\"", "- \"~\"")
        .contains("- \"-1\"", "- \".5\"", "- \"a: b\"", "- \"c #d\"", "name: \"2026\"");
  }

  /** A PUT without the entry would take it away from the instance. */
  @Test
  void namesTheEntriesThatBelongInASecret() throws IOException {
    // Given
    byHand(
        "connectwisehd",
        "Acme",
        Set.of(),
        Map.of("event.notification.signature.key", "canary-key"));
    // When
    Shell.Result result = exports();
    // Then
    assertThat(result.errors())
        .contains(
            "into Secret acme-connectwise under these keys", "event.notification.signature.key");
    assertThat(manifests(result).getFirst().at("/spec/credentialsSecretRef/entries"))
        .as("without it, the resource is not ready")
        .extracting(JsonNode::asText)
        .containsExactly("event.notification.signature.key");
    assertThat(manifests(result).getFirst().at("/spec/configuration").isMissingNode()).isTrue();
  }

  /** The operator refuses an address in the spec: it decides where the credentials go. */
  @Test
  void leavesAddressesToTheSecret() throws IOException {
    // Given
    byHand(
        "connectwisecrm",
        "Acme",
        Set.of(),
        Map.of(
            "helpdesk.connectwise.server.url", "https://cw.example.com",
            "event.notification.callback.url", "https://hooks.example.com/?key=canary-key",
            "event.notification.instance.callback.url", "",
            "helpdesk.connectwise.wsdl.path", "elsewhere.example.com/wsdl",
            "event.poller.refresh_interval", "15"));
    // When
    Shell.Result result = exports();
    Shell.Result plan =
        new Shell()
            .with("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", url())
            .with("CLOUD_ELEMENTS_BASE_URL", url())
            .typing(result.output())
            .runs("plan", "-");
    // Then
    JsonNode spec = manifests(result).getFirst().at("/spec");
    assertThat(spec.at("/configuration"))
        .isEqualTo(
            JsonNodeFactory.instance.objectNode().put("event.poller.refresh_interval", "15"));
    assertThat(spec.at("/credentialsSecretRef/entries"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "event.notification.callback.url",
            "helpdesk.connectwise.server.url",
            "helpdesk.connectwise.wsdl.path");
    assertThat(result.errors())
        .contains("event.notification.callback.url, ")
        .contains("helpdesk.connectwise.server.url (https://cw.example.com)")
        .doesNotContain("canary-key");
    assertThat(plan.exitCode()).as(plan.output() + plan.errors()).isZero();
    assertThat(plan.output()).contains("helpdesk.connectwise.server.url");
  }

  /** The API server would refuse the manifest, so the cause is printed in its place. */
  @Test
  void leavesOutInstancesThatTheSchemaRefuses() throws IOException {
    // Given
    byHand("connectwisehd", "Acme", Set.of("x".repeat(65)), Map.of());
    // When
    Shell.Result result = exports();
    // Then
    assertThat(manifests(result)).isEmpty();
    assertThat(result.errors()).contains("spec.tags[0]: Too long: may not be more than 64 bytes");
  }

  /** Names of instances need not be unique; those of resources must. */
  @Test
  void namesAreValidAndUnique() throws IOException {
    // Given
    Instance first = byHand("connectwisehd", "Acme", Set.of(), Map.of());
    Instance second = byHand("connectwisehd", "ACME!", Set.of(), Map.of());
    Instance nameless = byHand("connectwisehd", "客户", Set.of(), Map.of());
    // When
    Shell.Result result = exports();
    // Then
    assertThat(manifests(result))
        .extracting(manifest -> manifest.at("/metadata/name").asText())
        .containsExactly("acme-" + first.id(), "acme-" + second.id(), "instance-" + nameless.id());
  }

  /** More than one page, read by several readers, and in order. */
  @Test
  void exportsAllPages() throws IOException {
    // Given
    for (int i = 0; i < 250; i++) {
      byHand("connectwisehd", "Acme " + i, Set.of(), Map.of());
    }
    // When
    Shell.Result result = exports();
    // Then
    assertThat(manifests(result))
        .hasSize(250)
        .isSortedAccordingTo((one, other) ->
            Long.compare(
                one.at("/spec/adoptInstanceId").asLong(),
                other.at("/spec/adoptInstanceId").asLong()));
  }

  /** Without a terminal no progress bar is printed. */
  @Test
  void showsProgressOnATerminalOnly() {
    // Given
    byHand("connectwisehd", "Acme", Set.of(), Map.of());
    // When
    Shell.Result person = shell().atATerminal().runs(arguments());
    Shell.Result pipeline = exports();
    // Then
    assertThat(person.errors()).contains("instance 1 of 1");
    assertThat(pipeline.errors()).doesNotContain("instance 1 of 1");
  }

  /** An incomplete export must fail: the missing instances would be created a second time. */
  @Test
  void reportsARejectedAccountWithoutItsSecrets() {
    // Given
    simulator.platform().outsideWorld().revokeUser("canary-user");
    // When
    Shell.Result result = exports();
    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors())
        .contains("does not accept account ", " (401)")
        .doesNotContain("canary");
  }

  @Test
  void aSecretWithoutAnAccountIsAUsageError() {
    // Given
    Shell shell = shell().typing(ACCOUNT.replace("userSecret: canary-user, ", ""));
    // When
    Shell.Result result = shell.runs(arguments());
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("Secret cloud-elements lacks: key userSecret");
  }

  /** A name can be made of anything that the service takes. */
  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "yaml"})
  void escapesControlCharactersInNames(String form) {
    // Given
    byHand("connectwisehd", HOSTILE, Set.of("tag " + HOSTILE), Map.of());
    byHand("connectwisehd", "Owned", Set.of("cwi-" + HOSTILE, TAG), Map.of());
    // When
    Shell.Result result = exports("--output=" + form);
    // Then
    assertThat(result.output())
        .as("as text, JSON and YAML write it")
        .containsPattern("(?i)a(\\\\u001b|\\\\e)\\[2J\\\\(u00|x)9b31m\\\\u202edrow");
    assertThat((result.output() + result.errors()).replace("\n", "")).doesNotContainPattern(HIDDEN);
    assertThat(result.output().lines()).noneMatch(line -> line.startsWith("forged"));
    assertThat(result.exitCode()).as(result.errors()).isZero();
  }

  /** The escapes are the form's own: a manifest keeps the name as it is at the service. */
  @Test
  void keepsTheValueOfANameWithControlCharacters() throws IOException {
    // Given
    byHand("connectwisehd", HOSTILE, Set.of(), Map.of());
    // When
    Shell.Result yaml = exports();
    Shell.Result json = exports("--output=json");
    // Then
    assertThat(manifests(yaml).getFirst().at("/spec/name").asText()).isEqualTo(HOSTILE);
    assertThat(manifests(json).getFirst().at("/items/0/spec/name").asText()).isEqualTo(HOSTILE);
  }

  private Instance byHand(
      String element, String name, Set<String> tags, Map<String, String> configuration) {
    return simulator
        .platform()
        .outsideWorld()
        .createByHand(user, element, name, tags, configuration);
  }

  private Shell.Result exports(String... more) {
    return shell().runs(arguments(more));
  }

  private Shell shell() {
    return new Shell()
        .with("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", url())
        .with("CLOUD_ELEMENTS_BASE_URL", url())
        .reaching(api)
        .typing(ACCOUNT);
  }

  private String[] arguments(String... more) {
    List<String> all = new ArrayList<>(List.of("export", "--account-secret=-"));
    all.add("--base-url=" + url());
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private String url() {
    return server.baseUrl().toString();
  }

  private static List<JsonNode> manifests(Shell.Result result) throws IOException {
    if (result.output().isEmpty()) {
      return List.of();
    }
    return new YAMLMapper()
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(result.output())
        .readAll();
  }
}
